# An image that holds unitlint and nothing of its build: docker run --rm -v "$PWD:/work" IMAGE check
FROM python:3.13-slim AS build
COPY . /src
RUN python3 -m venv /opt/unitlint && /opt/unitlint/bin/pip install -q --no-cache-dir /src

FROM python:3.13-slim
COPY --from=build /opt/unitlint /opt/unitlint
ENV PATH=/opt/unitlint/bin:$PATH PYTHONDONTWRITEBYTECODE=1
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["unitlint"]
CMD ["check"]
