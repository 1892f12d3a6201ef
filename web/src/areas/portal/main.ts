import '@fontsource-variable/inter/index.css'
import '@/ui/styles/tokens.css'
import '@/ui/styles/base.css'
import './portal.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { portal } from '@/api/portal'
import { ME } from '@/entities/portal/session'
import { makeQueries } from '@/entities/queries'
import { words } from '@/i18n/portal'
import { startTheme } from '@/ui/theme'
import App from './App.vue'
import { makeRouter } from './router'

startTheme()
const queries = makeQueries()
portal.language = () => words.global.locale.value
portal.signedOut = () => queries.setQueryData(ME, null)

createApp(App).use(words).use(VueQueryPlugin, { queryClient: queries }).use(makeRouter()).mount('#app')
