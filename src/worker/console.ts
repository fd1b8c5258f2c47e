import type { Hono } from 'hono'
import { createEngine } from '../campaign/engine.ts'
import { readCampaignFiles } from '../campaign/files.ts'
import { consoleRoutes } from '../console/console.ts'
import { contentWork } from '../console/content/work.ts'
import { papers } from '../console/papers.ts'
import { vietnamDay } from '../core/time.ts'
import type { InvocationPorts, Parts } from './parts.ts'

const goesWithDeployment = 'Trên máy chủ này ảnh đi cùng bản triển khai: thêm tệp vào content/assets rồi triển khai lại.'

/** The pages of the staff. Words and pictures go with the deployment: here they are only looked at. */
export function consoleOf({ env, config, isolate, store }: InvocationPorts, { platforms, app }: Parts): Hono {
  const now = Date.now
  const world = () => isolate.world(config, env.ASSETS)
  return consoleRoutes({
    store, now,
    channels: platforms.channels,
    comments: platforms.comments,
    nameOf: platforms.nameOf,
    content: () => isolate.content().current,
    accounts: isolate.gate(store, platforms.accounts).states,
    campaigns: () => store.listCampaigns(),
    announcing: {
      engine: createEngine({ store, world, settings: config.campaigns, accounts: platforms.accounts, now }),
      world, settings: config.campaigns,
      files: async () => readCampaignFiles(isolate.files(), vietnamDay(now())),
      pictures: { add: async () => ({ refused: goesWithDeployment }) },
    },
    writing: { work: contentWork, files: { read: async () => isolate.files(), write: null, refused: () => [] } },
    papers,
    record: app.record,
    pause: config.handoverPause,
    publicUrl: config.publicUrl,
    addressOf: (c) => c.req.header('cf-connecting-ip') ?? '',
  })
}
