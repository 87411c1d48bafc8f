import type { ConversationRow } from "../../api/types";
import { Badge } from "../../design/Badge";
import { strings } from "../../strings";

/** Which way the customer writes, where it is not by text message. */
export function ChannelBadge({ channel }: { channel: ConversationRow["channel"] }) {
  return channel === "sms" ? null : <Badge>{strings.channels[channel]}</Badge>;
}
