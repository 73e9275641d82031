/** The host of APP_URL as the process is started with it: a proxy may rewrite Host, the browser's Origin stays. */
function publicHost() {
  const { APP_URL, PORT } = process.env
  const url = APP_URL?.trim() || `http://localhost:${PORT?.trim() || 3000}`
  return URL.canParse(url) ? new URL(url).host : 'localhost'
}

/** @type {import('next').NextConfig} */
export default {
  // Development may build beside a running server.
  distDir: process.env.GATEHOUSE_BUILD_DIR || '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // No page shows an image of changing size, so nobody can have one computed.
  images: { unoptimized: true },
  // `npm test` checks types with tsc; TypeScript 7 has no interface that the build could call.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-better-sqlite3',
    '@prisma/adapter-pg',
    '@prisma/driver-adapter-utils',
    '@prisma/schema-engine-wasm',
    'nodemailer',
    'pg',
    'pino',
    'prom-client',
  ],
  experimental: {
    authInterrupts: true,
    serverActions: { allowedOrigins: [publicHost()] },
  },
}
