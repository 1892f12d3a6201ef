import { defineConfig, mergeConfig } from 'vitest/config'
import vite from './vite.config.ts'

// apart from vite.config.ts, because a build installs no test tools
export default mergeConfig(
  vite,
  defineConfig({
    test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'] },
  }),
)
