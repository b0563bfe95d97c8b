// Microphones, cameras and speakers as the browser has them: how one is taken, what
// there are, and why one can't be had.

// small is a phone: few pictures fit, and an old one gets hot over a large one.
const PHONE = 700; // pixels
export const small = () => innerWidth < PHONE;

const lines = () => (small() ? 360 : 720);
const wishes = {
  audio: () => ({ echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
  video: () => ({ width: { ideal: (lines() * 16) / 9 }, height: { ideal: lines() } }),
};

// Why something can't be had: the browsers' names and ours.
const troubles = { NotAllowedError: 'blocked', PermissionDeniedError: 'blocked', SecurityError: 'blocked',
  NotFoundError: 'none', DevicesNotFoundError: 'none', OverconstrainedError: 'none', NotReadableError: 'busy', TrackStartError: 'busy', AbortError: 'busy' };
export const troubleOf = (problem) => troubles[problem?.name] ?? 'none';

// seize takes the chosen device, else the default, else whatever there is: gives
// {track, other} with other where it is not the chosen one, or {problem}. Some phones open one device
// at a time: release gives the one that runs back, and is called when it stands in the way.
export async function seize(kind, chosen, release) {
  const plain = { ...wishes[kind](), ...(kind === 'video' && { facingMode: 'user' }) };
  const tries = [...(chosen ? [{ ...wishes[kind](), deviceId: { exact: chosen } }] : []), plain, true];
  let first = null;
  for (const [i, wish] of tries.entries()) {
    const { track, problem } = await ask(kind, wish, release);
    if (track) return { track, other: Boolean(chosen) && i > 0 };
    first ??= problem;
    if (troubleOf(problem) === 'blocked') return { problem }; // to ask again is no use, and a bother
  }
  return { problem: first };
}

async function ask(kind, wish, release) {
  let problem = null;
  for (const again of [false, true]) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: wish });
      return { track: stream.getTracks()[0] };
    } catch (e) {
      problem = e;
      if (again || troubleOf(e) !== 'busy' || !release()) return { problem };
    }
  }
  return { problem };
}

// devices lists what can be chosen, once the person has allowed the use of one: of
// audio and video what is taken, of speaker what is played on.
export async function devices(kind) {
  const wanted = kind === 'speaker' ? 'audiooutput' : `${kind}input`;
  const all = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []) ?? [];
  return all.filter((d) => d.kind === wanted && d.deviceId && d.label);
}

// follow calls changed when devices come or go, until what it gives is called.
export function follow(changed) {
  const { mediaDevices } = navigator;
  mediaDevices?.addEventListener?.('devicechange', changed);
  return () => mediaDevices?.removeEventListener?.('devicechange', changed);
}
