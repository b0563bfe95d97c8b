// What only the page can measure of a connection, as the difference of two looks at
// the browser's statistics.

const SECOND = 1000; // milliseconds

// look adds up what came in and finds the path that is used.
export async function look(pc) {
  const out = { at: performance.now(), freezes: 0, frozen: 0, concealed: 0, lost: 0, received: 0, decoded: 0, dropped: 0, decoding: 0, missing: 0, pictures: 0, cpu: 0, narrow: 0, reason: '', rtt: 0, path: '', upRoom: 0 };
  const all = await pc.getStats();
  all.forEach((s) => {
    if (s.type === 'inbound-rtp') incoming(out, s);
    if (s.type === 'outbound-rtp' && s.kind === 'video') outgoing(out, s);
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
    out.decoded += s.framesDecoded ?? 0;
    out.dropped += s.framesDropped ?? 0;
    out.decoding += (s.totalDecodeTime ?? 0) * SECOND;
    out.missing += s.packetsLost ?? 0;
    out.pictures += s.packetsReceived ?? 0;
  } else {
    out.concealed += Math.max(0, (s.concealedSamples ?? 0) - (s.silentConcealedSamples ?? 0)) / 48; // 48 samples a millisecond
  }
}

// outgoing reads why the browser sends smaller pictures than it may.
function outgoing(out, s) {
  const long = s.qualityLimitationDurations;
  out.cpu = Math.max(out.cpu, (long?.cpu ?? 0) * SECOND);
  out.narrow = Math.max(out.narrow, (long?.bandwidth ?? 0) * SECOND);
  if (!long && s.qualityLimitationReason === 'cpu') out.reason = 'cpu';
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
  const { send, receive } = busy(before, now);
  return { seconds: more('at') / SECOND, freezes: more('freezes'), frozenMs: Math.round(more('frozen')),
    concealedMs: Math.round(more('concealed')), roundTripMs: Math.round(now.rtt), path: now.path, ...(peak !== null && { microphonePeak: Math.min(1, peak) }),
    ...(send > 0 && { busySendMs: send }), ...(receive > 0 && { busyReceiveMs: receive }) };
}

const DROPPED = 0.15; // part of the pictures that came and were not shown
const LOST = 0.02; // part of the packets that did not come: then it is the network
const DECODING = 66; // milliseconds for one picture: not even 15 of them fit into a second

// busy tells for how many milliseconds between two looks the processor was too slow:
// to make pictures, as the browser says; to show them, where they came and nothing was lost.
export function busy(before, now) {
  const more = (name) => Math.max(0, (now[name] ?? 0) - (before[name] ?? 0));
  const whole = Math.round(more('at'));
  const send = before.reason === 'cpu' && now.reason === 'cpu' ? whole : Math.min(whole, Math.round(more('cpu')));
  const came = more('decoded') + more('dropped');
  const slow = more('dropped') >= 5 && more('dropped') > DROPPED * came || more('decoded') > 0 && more('decoding') > DECODING * more('decoded');
  const whose = more('missing') <= LOST * (more('missing') + more('pictures'));
  return { send, receive: slow && whose ? whole : 0 };
}

// limits is what kept the pictures small for most of the time between two looks:
// 'processor', 'network' or ''.
export function limits(before, now) {
  const half = (now.at - before.at) / 2;
  const { send, receive } = busy(before, now);
  if (Math.max(send, receive) > half) return 'processor';
  return now.narrow - before.narrow > half ? 'network' : '';
}

// verdict puts a connection into one of four words: what one can expect of it.
// mos is the server's score, 1 to 4.5; under 3.1 many people are not content (ITU-T G.107, annex B).
export function verdict(network) {
  if (!network) return 'unknown';
  if (network.mos >= 4) return 'good';
  return network.mos >= 3.1 ? 'fair' : 'poor';
}
