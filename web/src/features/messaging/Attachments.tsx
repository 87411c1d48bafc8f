import { Download, FileText, ImageOff, LoaderCircle } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";

import type { MediaView, MessageView } from "../../api/types";
import { useMediaLinks } from "../../data/media";
import { fileSize, fitted, placeholder } from "../../domain/media";
import { strings } from "../../strings";
import css from "./Attachments.module.css";

const words = strings.media;
const MOST = { width: 280, height: 320 };
const Lightbox = lazy(() => import("./Lightbox"));

interface AttachmentsProps {
  conversationId: string;
  message: MessageView;
  /** Who sent them. */
  author: string;
}

/** What came along with a message: pictures to look at, files to save, and what is not there (yet). */
export function Attachments({ conversationId, message, author }: AttachmentsProps) {
  const [openId, setOpenId] = useState<string | null>(null);
  const pictures = message.media.filter((media) => media.state === "ready" && media.width > 0);
  const place = { conversationId, messageId: message.id };
  return (
    <div className={css.attachments}>
      {message.media.map((media, index) => {
        if (media.state === "pending") return <Note key={media.id} icon="pending" text={words.pending} />;
        if (media.state === "refused")
          return <Note key={media.id} icon="refused" text={words.refused(media.refusal?.text ?? "")} />;
        if (media.width === 0) return <File key={media.id} {...place} media={media} />;
        const alt = words.picture(author, index + 1, message.media.length);
        return <Picture key={media.id} {...place} media={media} alt={alt} onOpen={() => setOpenId(media.id)} />;
      })}
      {openId !== null && (
        <Suspense>
          <Lightbox {...place} pictures={pictures} startId={openId} author={author} onClose={() => setOpenId(null)} />
        </Suspense>
      )}
    </div>
  );
}

interface OneProps {
  conversationId: string;
  messageId: string;
  media: MediaView;
}

/** Its place has the picture's shape from the first moment on: nothing moves when it arrives. */
function Picture({ conversationId, messageId, media, alt, onOpen }: OneProps & { alt: string; onOpen: () => void }) {
  const links = useMediaLinks(conversationId, messageId, media.id);
  return (
    <AriaButton className={css.picture ?? ""} aria-label={words.enlarge(alt)} onPress={onOpen} data-testid="picture">
      <img
        src={links.data?.thumbnail_url ?? placeholder(media.width, media.height)}
        {...fitted(media.width, media.height, MOST)}
        alt={alt}
        className={css.image}
        data-loaded={links.data ? true : undefined}
        onError={links.renew}
      />
    </AriaButton>
  );
}

/** A document, recording or film: saved, never shown. */
function File({ conversationId, messageId, media }: OneProps) {
  const links = useMediaLinks(conversationId, messageId, media.id);
  const name = media.name === "" ? words.file(media.content_type) : media.name;
  return (
    <p className={css.file}>
      <FileText size={20} aria-hidden="true" />
      <span className={css.name}>
        <span className={css.title}>{name}</span>
        <span className={css.size}>{fileSize(media.size)}</span>
      </span>
      {links.data && (
        <a href={links.data.url} className={css.save} download aria-label={words.save(name)}>
          <Download size={18} aria-hidden="true" />
        </a>
      )}
    </p>
  );
}

function Note({ icon, text }: { icon: "pending" | "refused"; text: string }) {
  const Icon = icon === "pending" ? LoaderCircle : ImageOff;
  return (
    <p className={css.note} data-kind={icon} role={icon === "pending" ? "status" : undefined}>
      <Icon size={16} aria-hidden="true" />
      {text}
    </p>
  );
}
