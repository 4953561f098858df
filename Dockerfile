# The image of all workers and of the command line: docker build -t copydesk:local .
# The first stage has what builds, the second has what runs; both start from the same base. Add the base's digest to
# both lines (`docker buildx imagetools inspect` shows it) when you build for others.
FROM python:3.11.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_INPUT=1
WORKDIR /build
# The tools that build come first and from their own lock: nothing is built with what no hash vouches for.
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /tools \
    && /tools/bin/pip install --require-hashes --only-binary :all: -r requirements-build.lock
# Wheels first, in the environment that holds the tools: some packages have none of their own (on ARM, Faust).
RUN /tools/bin/pip wheel --require-hashes --no-build-isolation --no-deps --wheel-dir /wheels -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY service service
RUN /tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m venv /opt/copydesk \
    && /tools/bin/pip --python /opt/copydesk/bin/python install --no-deps --no-index /wheels/*.whl \
    && /opt/copydesk/bin/python -m compileall -q /opt/copydesk \
    && rm -rf /opt/copydesk/bin/pip* /opt/copydesk/lib/python3.11/site-packages/pip \
        /opt/copydesk/lib/python3.11/site-packages/setuptools

FROM python:3.11.13-slim-bookworm
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="Copydesk" \
      org.opencontainers.image.description="A copy desk for a stream of news" \
      org.opencontainers.image.revision="${COMMIT}"
# Owned by root, so that what runs cannot change what it runs. /tmp takes compiled code: give the container one.
COPY --from=build /opt/copydesk /opt/copydesk
ENV PATH=/opt/copydesk/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/tmp/numba \
    SOURCE_COMMIT=${COMMIT}
RUN python -m pip uninstall --yes --quiet pip setuptools wheel 2>/dev/null || true
USER 10001:10001
WORKDIR /tmp
STOPSIGNAL SIGTERM
EXPOSE 9400
# Says whether a restart would help; Kafka being away does not fail it. Needs telemetry.port, as the workers have it.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["copydesk", "healthcheck"]
ENTRYPOINT ["copydesk"]
CMD ["--help"]
