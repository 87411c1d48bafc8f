import { useEffect, useEffectEvent, useRef, useState } from "react";

import { readBarcode } from "./barcode";
import css from "./Scanner.module.css";
import { words } from "./words";

/** Between two looks at the picture. */
const LOOK_MS = 150;
/** As wide as a picture is looked at: enough for a bar code that fills half of it. */
const WIDTH = 960;

type Trouble = "denied" | "none" | "broken";

/** Reads a bar code with the camera (N18); `onCode` is called once. The pictures never leave this device. */
export default function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const found = useEffectEvent(onCode);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: MediaStream | undefined;
    let over = false;
    const stop = () => {
      over = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
    const look = () => {
      const code = video.current && codeIn(video.current);
      if (!code) return void (timer = setTimeout(look, LOOK_MS));
      stop();
      found(code);
    };
    const begin = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: "environment", width: { ideal: 1280 } },
        });
        if (over || !video.current) return stop();
        video.current.srcObject = stream;
        await video.current.play();
        look();
      } catch (error) {
        stop();
        if (!isAbort(error)) setTrouble(troubleOf(error));
      }
    };
    void begin();
    return stop;
  }, []);
  if (trouble) {
    return (
      <p role="alert" className={css.trouble}>
        {words.camera[trouble]}
      </p>
    );
  }
  return (
    <div className={css.frame}>
      <video ref={video} className={css.video} muted playsInline aria-label={words.camera.picture} />
      <p className={css.hint}>{words.camera.hint}</p>
    </div>
  );
}

function codeIn(video: HTMLVideoElement): string | null {
  if (video.videoWidth === 0) return null;
  const scale = Math.min(1, WIDTH / video.videoWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return readBarcode(context.getImageData(0, 0, canvas.width, canvas.height));
}

/** It was closed while it began. */
const isAbort = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "broken";
}
