import { NetworkError } from "./errors";

interface Offer {
  url: string;
  headers: Record<string, string>;
}

/** Puts a file to an address that was given out for it. Rejects with NetworkError. */
export function upload(offer: Offer, file: Blob, progress: (part: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // fetch() tells nothing of what has been sent so far.
    const request = new XMLHttpRequest();
    const failed = () => reject(new NetworkError("the upload broke off"));
    request.open("PUT", offer.url);
    for (const [name, value] of Object.entries(offer.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : failed());
    request.onerror = request.onabort = request.ontimeout = failed;
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
