# One image for both roles: ROLE=web serves visitors and agents, ROLE=worker writes analyses.
FROM node:24.11.1-slim AS base
WORKDIR /app

FROM base AS manifests
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY widget/package.json widget/
COPY console/package.json console/
COPY e2e/package.json e2e/
COPY tools/demo/package.json tools/demo/
COPY tools/bench/package.json tools/bench/
COPY tools/react-18/package.json tools/react-18/
COPY tools/testing/package.json tools/testing/

FROM manifests AS build
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM manifests AS production
# Without optional packages: they are the PostgreSQL of `npm start`.
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --omit=optional --workspace server

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN mkdir -p /data/files && chown -R node:node /data
COPY --from=production /app/ ./
COPY --from=build /app/server/dist server/dist
COPY --from=build /app/widget/dist widget/dist
COPY --from=build /app/console/dist console/dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/dist/main.js"]
