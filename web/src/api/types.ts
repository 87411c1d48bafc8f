import type { components } from "./schema";

type Schemas = components["schemas"];

export type AbsenceState = Schemas["AbsenceState"];
export type Assign = Schemas["Assign"];
export type ColleagueList = Schemas["ColleagueList"];
export type ColleagueView = Schemas["ColleagueView"];
export type ConversationPage = Schemas["ConversationPage"];
export type ConversationRow = Schemas["ConversationRow"];
export type ConversationView = Schemas["ConversationView"];
export type CustomerView = Schemas["CustomerView"];
export type GoAway = Schemas["GoAway"];
export type HandoverView = Schemas["HandoverView"];
export type Me = Schemas["Me"];
export type MessageStatus = Schemas["MessageStatus"];
export type MessageView = Schemas["MessageView"];
export type OrderPage = Schemas["OrderPage"];
export type OrderView = Schemas["OrderView"];
export type SendTemplate = Schemas["SendTemplate"];
export type RealAddresses = Schemas["RealAddresses"];
export type StartConversation = Schemas["StartConversation"];
export type StoreView = Schemas["StoreView"];
export type TemplateList = Schemas["TemplateList"];
export type TemplateView = Schemas["TemplateView"];
export type Thread = Schemas["Thread"];
export type Ticket = Schemas["Ticket"];
export type Unread = Schemas["Unread"];
export type ErrorInfo = Schemas["ErrorInfo"];
