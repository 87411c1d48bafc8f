/** Says when there may be something new: by WebSocket while one can be had, else by the clock. */
const CHECK_MS = 60_000;
const POLL_MS = 4_000;
const HIDDEN_MS = 30_000;
const LONGEST_PAUSE_MS = 60_000;
const PING_MS = 240_000;

interface LivePorts {
  /** A fresh address, ticket included. */
  address: () => Promise<string>;
  /** Something may be new. */
  look: () => void;
}

/** Runs until the page is left. */
export class Live {
  private socket: WebSocket | undefined;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private stopped = false;

  constructor(private readonly ports: LivePorts) {}

  start(): void {
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
    this.plan();
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
    clearTimeout(this.timer);
    clearInterval(this.ping);
    this.socket?.close();
  }

  private readonly wake = () => {
    if (document.hidden) return;
    this.tick();
    if (!this.socket) void this.connect();
  };

  private readonly tick = () => {
    this.ports.look();
    this.plan();
  };

  private plan(): void {
    clearTimeout(this.timer);
    const pause = document.hidden ? HIDDEN_MS : POLL_MS;
    this.timer = setTimeout(this.tick, this.socket?.readyState === WebSocket.OPEN ? CHECK_MS : pause);
  }

  private async connect(): Promise<void> {
    if (this.stopped || this.socket) return;
    try {
      const socket = new WebSocket(await this.ports.address());
      this.socket = socket;
      socket.onopen = () => this.opened();
      socket.onmessage = ({ data }) => {
        if (String(data).includes("changed")) this.tick();
      };
      socket.onclose = () => this.lost();
    } catch {
      this.lost();
    }
  }

  private opened(): void {
    this.tries = 0;
    this.ping = setInterval(() => this.socket?.send('{"action":"ping"}'), PING_MS);
    this.tick();
  }

  private lost(): void {
    clearInterval(this.ping);
    this.socket = undefined;
    if (this.stopped) return;
    this.plan();
    this.tries += 1;
    const pause = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** this.tries);
    setTimeout(() => void this.connect(), pause * (0.5 + Math.random() / 2));
  }
}
