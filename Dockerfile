# The product's one image: web, worker and beat differ only in their command.
FROM python:3.12.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt /build/requirements.txt
RUN /venv/bin/pip install --require-hashes --no-deps -r /build/requirements.txt

FROM python:3.12.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    COURIERQA_VAR=/app/var
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --shell /usr/sbin/nologin app \
    && install -d -o app -g app /app/var /app/var/static /app/var/media
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py ./
COPY courierqa courierqa/
COPY staff staff/
COPY shipments shipments/
COPY complaints complaints/
COPY quality quality/
COPY kpi kpi/
COPY tools/verify_report.py tools/
COPY templates templates/
COPY static static/
# Translations are compiled here; the settings want secrets, so they get throw-away ones.
RUN COURIERQA_VAR=/tmp/build python manage.py translations --compile && rm -rf /tmp/build
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "courierqa.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--max-requests", "5000", "--max-requests-jitter", "500", "--graceful-timeout", "25", "--timeout", "60", "--forwarded-allow-ips", "*"]
