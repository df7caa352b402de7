/** The ways that reach people over HTTP: what Alertmanager sends, what it wants to hear, and what people get to read. */
import { WECHAT_SECRET } from "../folders.ts";
import { type Notification, type NotifiedAlert, statusOf } from "./notification.ts";

/** What is asked, with its body as JSON where it has one. */
export interface Question {
  readonly url: URL;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a stranger sends
  readonly body: any;
}

/** A notification but for when it arrived. */
type Arrived = Omit<Notification, "at">;

export interface Answer {
  readonly status: number;
  readonly body: string | object;
  readonly notification?: Arrived;
}

const TOKEN = "token-of-the-run";

/** By the path that is asked for. */
export const WAYS: Readonly<Record<string, (question: Question) => Answer>> = {
  // https://api.slack.com/messaging/webhooks
  "/slack": ({ body: { channel, attachments } }) => {
    const [{ title, text, title_link: link = "", fallback = "" }] = attachments;
    return {
      status: 200,
      body: "ok",
      notification: {
        receiver: `slack ${channel}`,
        status: statusOf(title),
        texts: { title, text, link, fallback },
        alerts: [],
      },
    };
  },
  // https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
  "/pagerduty": ({
    body: { routing_key: key, event_action: action, dedup_key: dedup, payload, client_url: link },
  }) => ({
    status: 202,
    body: { status: "success", message: "Event processed", dedup_key: dedup },
    notification: {
      receiver: `pagerduty ${key}`,
      status: action === "resolve" ? "resolved" : "firing",
      texts: { title: payload?.summary ?? "", text: payload?.custom_details?.alerts ?? "", link: link ?? "" },
      alerts: [],
    },
  }),
  // https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
  "/webhook": ({ body }) => ({ status: 200, body: "", notification: fromWebhook(body) }),
  // https://developer.work.weixin.qq.com/document/path/91039
  "/wechat/gettoken": ({ url: { searchParams } }) =>
    searchParams.get("corpid") === "shop" && searchParams.get("corpsecret") === WECHAT_SECRET
      ? { status: 200, body: { errcode: 0, errmsg: "ok", access_token: TOKEN, expires_in: 7200 } }
      : { status: 200, body: { errcode: 40001, errmsg: "invalid credential" } },
  // https://developer.work.weixin.qq.com/document/path/90236
  "/wechat/message/send": ({ url, body }) => {
    if (url.searchParams.get("access_token") !== TOKEN) {
      return { status: 200, body: { errcode: 40014, errmsg: "invalid access_token" } };
    }
    return { status: 200, body: { errcode: 0, errmsg: "ok" }, notification: fromWechat(body) };
  },
};

/** What a webhook gets to know. */
export function fromWebhook({ receiver, status, alerts, commonAnnotations }: Question["body"]): Arrived {
  return {
    receiver: `webhook ${receiver}`,
    status,
    texts: { title: commonAnnotations.summary ?? "", text: commonAnnotations.description ?? "" },
    alerts: alerts.map(({ status, labels, annotations }: NotifiedAlert) => ({ status, labels, annotations })),
  };
}

/** What people read in WeChat: the first line is the title. */
export function fromWechat({ agentid, toparty, text }: Question["body"]): Arrived {
  const [title = "", ...lines] = String(text.content).split("\n");
  return {
    receiver: `wechat agent ${agentid}, party ${toparty}`,
    status: statusOf(title),
    texts: { title, text: lines.join("\n") },
    alerts: [],
  };
}
