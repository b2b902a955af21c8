import { Film } from 'lucide-react';
import { useState, type ReactNode } from 'react';

/** A 16:9 picture with a quiet stand-in while there is none. The title beside it says what it shows. */
export function Poster(props: { src: string | null; children?: ReactNode }): ReactNode {
  const [failed, setFailed] = useState<string | null>(null);
  const { src } = props;
  return (
    <div className="poster">
      {src === null || failed === src ? (
        <Film size={28} strokeWidth={1.25} aria-hidden className="poster-none" />
      ) : (
        <img
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed(src)}
        />
      )}
      {props.children}
    </div>
  );
}
