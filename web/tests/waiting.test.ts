import { beforeEach, expect, test, vi } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { api } from '@/api/staff'
import { waiting, whoIsHere } from '@/app/session'
import { refreshMe, useMe } from '@/entities/accounts'

beforeEach(() => vi.useFakeTimers())

test('a page that is loaded while the server is away waits for it and asks nobody to sign in', async () => {
  const away = new ApiProblem({ status: 502 })
  vi.spyOn(api, 'get').mockRejectedValueOnce(away).mockRejectedValueOnce(away).mockResolvedValue({ id: 8 })
  const found = whoIsHere()
  await vi.advanceTimersByTimeAsync(1500)
  expect(waiting.value).toBe(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(await found).toEqual({ id: 8 })
  expect(waiting.value).toBe(false)
})

test('who is not signed in is told so at once', async () => {
  vi.spyOn(api, 'get').mockRejectedValue(new ApiProblem({ status: 401 }))
  expect(await whoIsHere()).toBeNull()
  expect(waiting.value).toBe(false)
})

test('when the session is over the page keeps who was here, and what he typed with it', async () => {
  const get = vi.spyOn(api, 'get').mockResolvedValue({ id: 8 })
  await whoIsHere()
  get.mockRejectedValue(new ApiProblem({ status: 401 }))
  await expect(refreshMe()).rejects.toMatchObject({ status: 401 })
  expect(useMe().me.value).toEqual({ id: 8 })
})
