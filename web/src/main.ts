import '@fontsource-variable/inter/index.css'
import './ui/styles/ep.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { ApiProblem } from './api/problem'
import App from './app/App.vue'
import { router } from './app/router'
import { startSession } from './app/session'
import { wireFacts } from './entities/wire'
import { words } from './i18n/workspace'
import { startTheme } from './ui/theme'

startTheme()
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && (!(error instanceof ApiProblem) || error.uncertain),
    },
  },
})
wireFacts(queryClient)
startSession(queryClient)
createApp(App).use(VueQueryPlugin, { queryClient }).use(words).use(router).mount('#app')
