import type { Content } from '../content.ts'
import type { Clock } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import { calendarRoutes } from './campaign-calendar.ts'
import { correctionRoutes } from './campaign-correct.ts'
import { createCampaignDesk, type AnnouncingPorts } from './campaign-desk.ts'
import { headRoutes } from './campaign-head-routes.ts'
import { createKeep } from './campaign-keep.ts'
import { createLook } from './campaign-look.ts'
import { newCampaignRoutes } from './campaign-new.ts'
import { pictureRoutes } from './campaign-pictures.ts'
import { createPlans } from './campaign-plans.ts'
import { postRoutes } from './campaign-post-routes.ts'
import { recipientRoutes } from './campaign-recipients.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { trialRoutes } from './campaign-trial.ts'
import type { Guard } from './guard.ts'

export interface CampaignConsolePorts {
  announcing: AnnouncingPorts
  store: Store
  content: () => Content | null
  log: AccessLog
  now: Clock
}

/** All pages of `Đợt tuyên truyền`. */
export function campaignConsole(guard: Guard, { announcing, ...ports }: CampaignConsolePorts): void {
  const { engine, pictures } = announcing
  const plans = createPlans(engine, ports.now)
  const shared = { ...announcing, ...ports, plans, keep: createKeep(engine, ports.store), look: createLook({ ...announcing, plans }) }
  const { showCampaign } = campaignRoutes(guard, createCampaignDesk(shared), ports.now)
  newCampaignRoutes(guard, shared)
  headRoutes(guard, shared)
  postRoutes(guard, shared)
  calendarRoutes(guard, shared)
  correctionRoutes(guard, shared)
  recipientRoutes(guard, shared)
  trialRoutes(guard, { ...shared, showCampaign })
  pictureRoutes(guard, { ...shared, shelf: pictures })
}
