.PHONY: lint-deploy check-dashboards

lint-deploy: setup ## Check deploy/: image, compose, Kubernetes, alerts with their tests, dashboards
	@deploy/lint

check-dashboards: setup ## Ask every query of the dashboards of a real Prometheus that watches a real run (a minute)
	@.venv/bin/python -m deploy.grafana.live
