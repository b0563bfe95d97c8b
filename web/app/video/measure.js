// What only the page can measure of a connection, as the difference of two looks at
// the browser's statistics.

const SECOND = 1000; // milliseconds

// look adds up what came in and finds the path that is used.
export async function look(pc) {
  const out = { at: performance.now(), freezes: 0, frozen: 0, concealed: 0, lost: 0, received: 0, rtt: 0, path: '', upRoom: 0 };
  const all = await pc.getStats();
  all.forEach((s) => {
    if (s.type === 'inbound-rtp') incoming(out, s);
    if (s.type === 'candidate-pair' && s.nominated && s.state === 'succeeded') path(out, s, all);
  });
  return out;
}

function incoming(out, s) {
  out.lost += s.packetsLost ?? 0;
  out.received += s.packetsReceived ?? 0;
  if (s.kind === 'video') {
    out.freezes += s.freezeCount ?? 0;
    out.frozen += (s.totalFreezesDuration ?? 0) * SECOND;
  } else {
    out.concealed += Math.max(0, (s.concealedSamples ?? 0) - (s.silentConcealedSamples ?? 0)) / 48; // 48 samples a millisecond
  }
}

function path(out, pair, all) {
  const mine = all.get(pair.localCandidateId);
  out.rtt = (pair.currentRoundTripTime ?? 0) * SECOND;
  out.path = mine?.candidateType === 'relay' ? 'relay' : mine?.protocol ?? '';
  out.upRoom = (pair.availableOutgoingBitrate ?? 0) / 1000;
}

// between is the report of the time between two looks (docs/signaling.md). peak is
// null where nobody knows how loud the microphone was.
export function between(before, now, peak) {
  const more = (name) => Math.max(0, now[name] - before[name]);
  return { seconds: more('at') / SECOND, freezes: more('freezes'), frozenMs: Math.round(more('frozen')),
    concealedMs: Math.round(more('concealed')), roundTripMs: Math.round(now.rtt), path: now.path, ...(peak !== null && { microphonePeak: Math.min(1, peak) }) };
}

// verdict puts a connection into one of four words: what one can expect of it.
// mos is the server's score, 1 to 4.5; under 3.1 many people are not content (ITU-T G.107, annex B).
export function verdict(network) {
  if (!network) return 'unknown';
  if (network.mos >= 4) return 'good';
  return network.mos >= 3.1 ? 'fair' : 'poor';
}
