# The portal's image: web, events, worker, worker-bulk, beat, migrate and simulator all run from it.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /
RUN python -m venv /venv \
 && /venv/bin/python -m pip install -qq --no-cache-dir --require-hashes -r /requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATE_DIR=/var/lib/dealertext MEDIA_ROOT=/var/lib/dealertext/media
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin dealertext \
 && install -d -o dealertext -g dealertext -m 0700 /var/lib/dealertext \
    /var/lib/dealertext/media /var/lib/dealertext/beat
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
RUN python docker/collect_static.py
USER dealertext
CMD ["gunicorn", "dealertext.wsgi:application", "--bind", "0.0.0.0:8000"]
