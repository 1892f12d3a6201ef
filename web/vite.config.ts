import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vite'

const BACKEND = process.env.SHOUWEN_URL ?? 'http://127.0.0.1:8066'

/** In development the customers' pages live under /portal, as the front door serves them. */
const portal: Plugin = {
  name: 'portal-entry',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/portal(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/portal.html'
      next()
    })
  },
}

const from = (...packages: string[]): RegExp => new RegExp(`node_modules[\\\\/](${packages.join('|')})[\\\\/]`)

export default defineConfig({
  base: '/',
  plugins: [vue(), portal],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: { '/api': { target: BACKEND, changeOrigin: false }, '/live': { target: BACKEND, changeOrigin: false } } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows no data: addresses
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: { workspace: 'index.html', portal: 'portal.html' },
      output: {
        // few files that stay the same for long, instead of one per icon
        codeSplitting: {
          groups: [
            { name: 'vue', test: from('@vue', 'vue', 'vue-router'), priority: 30 },
            { name: 'data', test: from('pinia', '@intlify', 'vue-i18n', '@tanstack', '@vueuse'), priority: 25 },
            { name: 'house', test: /[\\/]src[\\/](ui|api|live)[\\/]\w+\.(ts|vue)/, priority: 22 },
            { name: 'icons', test: from('@lucide'), priority: 20 },
            {
              name: 'kit',
              test: from(
                'element-plus',
                '@element-plus',
                '@floating-ui',
                '@popperjs',
                'async-validator',
                'lodash[^\\\\/]*',
              ),
              priority: 20,
            },
          ],
        },
      },
    },
  },
})
