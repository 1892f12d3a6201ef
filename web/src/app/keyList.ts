import { ref } from 'vue'

export const keyListOpen = ref(false)
