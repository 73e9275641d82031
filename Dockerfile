# Gatehouse as an image: built from this folder alone, run as nobody in particular, with one folder to write to.
#   docker build -t gatehouse .
#   docker compose up -d      (see compose.yaml and docs/operating.md)

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
# Compiles better-sqlite3 where there is no ready-made file for the machine.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 make g++ \
    && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build \
    && npm prune --omit=dev --no-audit --no-fund \
    && rm -rf .next/cache

FROM node:20.20.2-bookworm-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    PRINT_LINKS=terminal
# The numbers are fixed, so that a volume can be given to them.
RUN groupadd --system --gid 10001 gatehouse \
    && useradd --system --uid 10001 --gid gatehouse --home-dir /data --shell /usr/sbin/nologin gatehouse \
    && install -d -o gatehouse -g gatehouse -m 0700 /data \
    && printf '#!/bin/sh\ncd /app && exec node --enable-source-maps .programs/cli/gatehouse/gatehouse.js "$@"\n' \
        > /usr/local/bin/gatehouse \
    && chmod 0755 /usr/local/bin/gatehouse
# Root's own, so that the server can't change what it runs.
COPY --from=build /app ./
USER 10001:10001
VOLUME ["/data"]
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["node", "scripts/healthy.mjs"]
STOPSIGNAL SIGTERM
CMD ["node", "scripts/serve-built.mjs"]
