/**
 * Which fields of a receiver's configuration are templates, and what becomes of the texts: how long they may be, and which
 * of them a person reads.
 * https://github.com/prometheus/alertmanager/tree/v0.34.0/notify
 */
import type { ReceiverKind } from "../config/receiver.ts";

/** A field that is rendered. */
export interface RenderedField {
  /** Dotted, with `[]` after a list and `{}` after a map with whatever keys: `fields[].title`, `headers{}`. */
  readonly path: string;
  readonly as: "text" | "html";
  /** What is longer is cut off with an ellipsis: Unicode code points, or bytes of UTF-8. */
  readonly limit?: { readonly runes: number } | { readonly bytes: number } | undefined;
  /** Whether it is what a person reads, rather than an address, a colour or an identifier. */
  readonly read: boolean;
}

const read = (...paths: string[]): RenderedField[] => paths.map((path) => ({ path, as: "text", read: true }));
const hidden = (...paths: string[]): RenderedField[] => paths.map((path) => ({ path, as: "text", read: false }));
const upTo = (runes: number, ...paths: string[]): RenderedField[] =>
  paths.map((path) => ({ path, as: "text", read: true, limit: { runes } }));

export const RENDERED_FIELDS: Readonly<Record<ReceiverKind, readonly RenderedField[]>> = {
  webhook: [...hidden("url"), ...read("payload{}")],
  email: [...read("headers{}"), { path: "html", as: "html", read: true }, ...read("text"), ...hidden("to", "from")],
  pagerduty: [
    ...upTo(1024, "description"),
    ...read("details{}", "links[].text", "images[].alt"),
    ...hidden("client", "client_url", "source", "severity", "class", "component", "group"),
    ...hidden("links[].href", "images[].src", "images[].href"),
  ],
  opsgenie: [
    ...upTo(130, "message"),
    ...read("description", "note", "details{}"),
    ...hidden("source", "tags", "priority", "entity", "actions"),
    ...hidden("responders[].id", "responders[].name", "responders[].username", "responders[].type"),
  ],
  wechat: [...read("message"), ...hidden("to_user", "to_party", "to_tag", "agent_id", "corp_id")],
  slack: [
    ...read("message_text", "pretext"),
    ...upTo(1024, "title"),
    ...read("text", "fields[].title", "fields[].value", "actions[].text", "footer", "fallback"),
    ...hidden("title_link", "callback_id", "image_url", "thumb_url", "color"),
    ...hidden("channel", "username", "icon_emoji", "icon_url"),
    ...hidden("actions[].type", "actions[].url", "actions[].style", "actions[].name", "actions[].value"),
    ...read("actions[].confirm.title", "actions[].confirm.text"),
    ...hidden("actions[].confirm.ok_text", "actions[].confirm.dismiss_text"),
  ],
  victorops: [
    ...read("entity_display_name"),
    ...upTo(20_480, "state_message"),
    ...read("custom_fields{}"),
    ...hidden("message_type", "monitoring_tool", "routing_key"),
  ],
  pushover: [
    ...upTo(250, "title"),
    ...upTo(1024, "message"),
    ...upTo(512, "url"),
    ...hidden("url_title", "priority", "device", "sound"),
  ],
  sns: [...read("subject", "message"), ...hidden("attributes{}", "api_url", "topic_arn", "phone_number", "target_arn")],
  telegram: upTo(4096, "message"),
  discord: [...upTo(2000, "content"), ...upTo(256, "title"), ...upTo(4096, "message")],
  webex: [{ path: "message", as: "text", read: true, limit: { bytes: 7439 } }, ...hidden("room_id")],
  msteams: read("title", "summary", "text"),
  msteamsv2: read("title", "text"),
  jira: [
    ...upTo(255, "summary.template"),
    ...upTo(32_767, "description.template"),
    ...read("fields{}"),
    ...hidden("labels[]", "priority", "project", "issue_type"),
  ],
  incidentio: [],
  rocketchat: [
    ...upTo(1024, "title"),
    ...read("text", "fields[].title", "fields[].value", "actions[].text", "actions[].msg"),
    ...hidden("title_link", "image_url", "thumb_url", "color", "channel", "emoji", "icon_url", "actions[].url"),
  ],
  mattermost: [
    ...read("pretext", "title"),
    ...upTo(16_383, "text"),
    ...read("fields[].title", "fields[].value", "footer", "fallback", "author_name", "props.card"),
    ...read("attachments[].pretext", "attachments[].title", "attachments[].text"),
    ...read("attachments[].fields[].title", "attachments[].fields[].value", "attachments[].footer"),
    ...read("attachments[].fallback", "attachments[].author_name"),
    ...hidden("title_link", "color", "channel", "username", "author_link", "author_icon", "thumb_url", "footer_icon"),
    ...hidden("image_url", "icon_url", "icon_emoji", "type", "priority.priority"),
    ...hidden(
      "attachments[].title_link",
      "attachments[].color",
      "attachments[].author_link",
      "attachments[].author_icon",
    ),
    ...hidden("attachments[].thumb_url", "attachments[].footer_icon", "attachments[].image_url"),
  ],
};

/** Headers that a mail has unless the configuration sets them; `to` and `from` name fields. */
export const EMAIL_HEADERS: Readonly<
  Record<string, { readonly template: string } | { readonly field: "to" | "from" }>
> = {
  Subject: { template: '{{ template "email.default.subject" . }}' },
  To: { field: "to" },
  From: { field: "from" },
};
