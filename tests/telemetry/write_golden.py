"""Write the golden file of metrics anew, after a change that was meant: python -m tests.telemetry.write_golden"""

from __future__ import annotations

from tests.telemetry.test_metrics import GOLDEN, PROCESSES, described

HEAD = "# Names, types and labels of /metrics per stage; written by: python -m tests.telemetry.write_golden\n"

if __name__ == "__main__":
    GOLDEN.write_text(
        HEAD + "".join(f"{line}\n" for s in PROCESSES for line in described(s)), encoding="utf-8"
    )
