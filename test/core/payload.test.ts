import { expect, it } from 'vitest'
import { getStartedPayload, isPayload } from '../../src/core/payload.ts'

it.each(['c:main:menu:1', 'a:dvc-login-vneid', 'k:human', getStartedPayload, 'p:main:menu#2', `c:${'x'.repeat(62)}`])('knows its own: %s', (text) => {
  expect(isPayload(text)).toBe(true)
})

it.each(['', 'c:', 'k: human', 'K:human', 'hỏi: giờ làm việc', 'abc:d', ':x', 'c:đăng-nhập', 'c:a\n', 'c:a b', 'dt:0912345678', 'tk:menu', 'https://vi-du.example', `c:${'x'.repeat(63)}`, `cc:${'x'.repeat(62)}`])('takes words for words: %j', (text) => {
  expect(isPayload(text)).toBe(false)
})
