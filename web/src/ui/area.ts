import type { Component } from 'vue'
import type { RouteRecordRaw } from 'vue-router'

/** What an area brings to the workspace: its pages and its place in the rail. */
export interface Area {
  routes: RouteRecordRaw[]
  nav?: {
    path: string
    /** Message key of the word. */
    title: string
    icon: Component
    /** Position in the rail; from 90 on at its foot. */
    order: number
    /** Any of these permissions; everybody when empty. */
    permissions?: readonly string[]
  }
}
