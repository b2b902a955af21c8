import { useNavigate } from '@tanstack/react-router';
import { Clapperboard, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Note } from '../../ui/note.tsx';
import { AddFolderForm } from '../../ui/add-folder-form.tsx';
import { AddSourceForm } from '../../ui/add-source-form.tsx';
import { useHostWork } from './use-host-work.ts';
import './welcome.css';

/** The first screen: what Rushes is for and the two ways to begin. */
export function WelcomeScreen(): ReactNode {
  const navigate = useNavigate();
  const work = useHostWork(() => void navigate({ to: '/catalogue', search: {} }));
  return (
    <div className="screen-body welcome">
      {work !== null && (
        <Note tone="info" role="status">
          <p>{work}. The demo opens here by itself when it is ready, in about half a minute.</p>
        </Note>
      )}
      <div className="welcome-words">
        <h1>Welcome to Rushes</h1>
        <p className="muted">
          From the catalogue of a source to the clip on your timeline. Begin with a source, with a folder of
          footage that you already have, or with both.
        </p>
      </div>
      <div className="welcome-ways">
        <section className="card" aria-labelledby="welcome-source">
          <Clapperboard size={24} strokeWidth={1.5} aria-hidden />
          <h2 id="welcome-source">Connect a source</h2>
          <p className="muted small">
            Its catalogue is read first; looking around needs no account. Downloading may need one: you can
            register from here.
          </p>
          <AddSourceForm onAdded={() => void navigate({ to: '/catalogue', search: {} })} />
        </section>
        <section className="card" aria-labelledby="welcome-folder">
          <FolderOpen size={24} strokeWidth={1.5} aria-hidden />
          <h2 id="welcome-folder">Add a folder</h2>
          <p className="muted small">
            Clips get a picture, their facts and a place for tags. The files stay where they are.
          </p>
          <AddFolderForm onAdded={() => void navigate({ to: '/library', search: {} })} />
        </section>
      </div>
    </div>
  );
}
