# The server with its release inside. What runs where, and what of this was tried: docs/operations.md.
# A tag can be moved; to be sure of what is fetched, name the image by its digest: --build-arg PYTHON=python@sha256:…
ARG PYTHON=python:3.11.15-slim-bookworm

FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/asoen
COPY requirements/runtime.lock requirements/runtime.lock
RUN /opt/asoen/bin/python -m pip install --require-hashes -r requirements/runtime.lock
# The release is compiled from data/ while the package is installed; nothing else is fetched.
COPY . .
RUN /opt/asoen/bin/python -m pip install --no-deps --no-build-isolation --no-index .

FROM ${PYTHON}
COPY --from=build /opt/asoen /opt/asoen
COPY CHANGELOG.md /srv/asoen/CHANGELOG.md
COPY releases /srv/asoen/releases
ENV PATH=/opt/asoen/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ASOEN_HOST=0.0.0.0 \
    ASOEN_RELEASES=/srv/asoen/releases
# A number, so that whoever starts it can see that it is not root.
USER 65532:65532
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/ready', timeout=2)"]
ENTRYPOINT ["asoen"]
CMD ["serve"]
