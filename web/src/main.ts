import '@fontsource-variable/inter/index.css'
import './ui/styles/ep.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './app/App.vue'
import { router } from './app/router'
import { startSession } from './app/session'
import { makeQueries } from './entities/queries'
import { wireFacts } from './entities/wire'
import { words } from './i18n/workspace'
import { startTheme } from './ui/theme'

startTheme()
const queryClient = makeQueries()
wireFacts(queryClient)
startSession(queryClient)
createApp(App).use(VueQueryPlugin, { queryClient }).use(words).use(router).mount('#app')
