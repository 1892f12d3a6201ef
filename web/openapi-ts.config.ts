import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: '../openapi.json',
  output: { path: 'src/api/generated', clean: true },
  // types only: requests go through our own http.ts, which keeps keys, drafts and sessions
  plugins: ['@hey-api/typescript'],
})
