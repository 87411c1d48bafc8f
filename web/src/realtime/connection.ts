import type { PresenceFrame } from "./presence";

/** A change somebody made visible: fetch it again. Carries no content. */
export interface Activity {
  type: "conversation" | "order" | "reminder";
  store_id: string;
  id: string;
  at: number;
}

/** What the connection needs of a WebSocket. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface ConnectionPorts {
  /** The address of one WebSocket, good for one use. */
  ticket: () => Promise<string>;
  open: (url: string) => Socket;
  activities: (activities: Activity[]) => void;
  presence: (frame: PresenceFrame) => void;
  /** Connected again after a gap (`gap`), or for the first time. */
  connected: (gap: boolean) => void;
  disconnected: () => void;
  random: () => number;
}

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 30_000;
/** API Gateway closes sockets that are idle for ten minutes. */
const PING_EVERY_MS = 4 * 60_000;
const PONG_WITHIN_MS = 8_000;
const OPEN_WITHIN_MS = 10_000;

/** Keeps one WebSocket open: a new ticket for each, longer and longer waits with jitter between failures. */
export class Connection {
  private socket: Socket | null = null;
  private isOpen = false;
  private wasOpen = false;
  private failures = 0;
  private stopped = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pong: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: ConnectionPorts) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.drop();
  }

  /** The page is back in view or online: is the socket still alive? If there is none, try now. */
  check(): void {
    if (this.stopped) return;
    if (this.isOpen) return this.ping();
    if (this.socket) return;
    this.failures = 0;
    clearTimeout(this.timer);
    void this.connect();
  }

  /** Says it to the server, if it is there. */
  say(frame: object): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(frame));
  }

  private async connect(): Promise<void> {
    const attempt = (this.socket = new Pending());
    try {
      const url = await this.ports.ticket();
      if (this.socket !== attempt) return;
      this.listen(this.ports.open(url));
    } catch {
      if (this.socket === attempt) this.lost();
    }
  }

  private listen(socket: Socket): void {
    this.socket = socket;
    const isCurrent = () => this.socket === socket;
    socket.onopen = () => isCurrent() && this.opened();
    socket.onmessage = (event) => isCurrent() && this.received(event.data);
    socket.onclose = () => isCurrent() && this.lost();
    this.timer = setTimeout(() => this.lost(), OPEN_WITHIN_MS);
  }

  private opened(): void {
    const gap = this.wasOpen;
    this.isOpen = this.wasOpen = true;
    this.failures = 0;
    this.pingLater();
    this.ports.connected(gap);
  }

  private received(data: unknown): void {
    clearTimeout(this.pong);
    this.pingLater();
    const { activities, presence } = parse(data);
    if (Array.isArray(activities) && activities.length > 0) this.ports.activities(activities);
    if (Array.isArray(presence?.people)) this.ports.presence(presence);
  }

  private pingLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ping(), PING_EVERY_MS);
  }

  private ping(): void {
    clearTimeout(this.timer);
    clearTimeout(this.pong);
    this.socket?.send(JSON.stringify({ action: "ping" }));
    this.pong = setTimeout(() => this.lost(), PONG_WITHIN_MS);
  }

  private lost(): void {
    const wasOpen = this.isOpen;
    this.drop();
    if (this.stopped) return;
    const delay = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.failures);
    this.failures += 1;
    this.timer = setTimeout(() => void this.connect(), delay * (0.5 + this.ports.random() / 2));
    if (wasOpen || this.failures === 1) this.ports.disconnected();
  }

  private drop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.pong);
    const { socket } = this;
    this.socket = null;
    this.isOpen = false;
    socket?.close();
  }
}

/** Stands for the socket while its ticket is being fetched. */
class Pending implements Socket {
  onopen = null;
  onmessage = null;
  onclose = null;
  send(): void {
    // Not open yet.
  }
  close(): void {
    // Nothing to close.
  }
}

interface Frame {
  activities?: Activity[];
  presence?: PresenceFrame;
}

function parse(data: unknown): Frame {
  try {
    return (JSON.parse(String(data)) as Frame | null) ?? {};
  } catch {
    return {};
  }
}
