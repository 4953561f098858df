# Image of all workers and of the command line: docker build -t copydesk:local .
# The first stage builds, the second runs; both start from the same base. Add the base's digest to
# both lines (`docker buildx imagetools inspect` shows it) when you build for others.
FROM python:3.11.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_INPUT=1
WORKDIR /build
# Build tools come first, from a lock of their own: every tool has a hash.
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /tools \
    && /tools/bin/pip install --require-hashes --only-binary :all: -r requirements-build.lock
# Build wheels first, in the environment with the tools: some packages publish none (Faust for ARM).
RUN /tools/bin/pip wheel --require-hashes --no-build-isolation --no-deps --wheel-dir /wheels -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY service service
RUN /tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m venv /opt/copydesk \
    && /tools/bin/pip --python /opt/copydesk/bin/python install --no-deps --no-index /wheels/*.whl \
    && find /opt/copydesk -name '*.py' -exec touch --date=@1000000000 {} + \
    && /opt/copydesk/bin/python -m compileall -q /opt/copydesk \
    && rm -rf /opt/copydesk/bin/pip* /opt/copydesk/lib/python3.11/site-packages/pip \
        /opt/copydesk/lib/python3.11/site-packages/setuptools
# Compile the kernels here, for any processor of this architecture, so that containers start warm. Code is kept by the
# path and time of its source: -P imports what was installed, not /build/service; layers keep whole seconds only.
RUN NUMBA_CPU_NAME=generic NUMBA_CACHE_DIR=/opt/copydesk/kernels /opt/copydesk/bin/python -P -m service.pipeline.bake

FROM python:3.11.13-slim-bookworm
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="Copydesk" \
      org.opencontainers.image.description="Near-duplicates and claims in a stream of news" \
      org.opencontainers.image.revision="${COMMIT}"
# Owned by root, so that what runs cannot change what it runs. Numba uses only folders that it can write to: a worker
# copies the compiled code from BAKED_KERNELS_DIR to /tmp at its start (some 8 MB), so give the container a /tmp.
COPY --from=build /opt/copydesk /opt/copydesk
ENV PATH=/opt/copydesk/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BAKED_KERNELS_DIR=/opt/copydesk/kernels \
    NUMBA_CACHE_DIR=/tmp/numba \
    NUMBA_CPU_NAME=generic \
    MALLOC_MMAP_THRESHOLD_=8388608 \
    MALLOC_TRIM_THRESHOLD_=16777216 \
    SOURCE_COMMIT=${COMMIT}
RUN python -m pip uninstall --yes --quiet pip setuptools wheel 2>/dev/null || true
USER 10001:10001
WORKDIR /tmp
STOPSIGNAL SIGTERM
EXPOSE 9400
# Fails if a restart would help, not if Kafka is away. Needs telemetry.port, as the workers have it.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["copydesk", "healthcheck"]
ENTRYPOINT ["copydesk"]
CMD ["--help"]
