.PHONY: lint-deploy

lint-deploy: setup ## Check deploy/: image, compose, Kubernetes, alerts with their tests, dashboards
	@deploy/lint
