// The message connection of a visit: it says hello, comes back by itself when it is
// lost, and tells when it is over for good. Media goes on meanwhile.

const WAITS = [0, 300, 1000, 3000, 5000]; // milliseconds before each try; the last one from then on
const ASKED = { 4429: 5000, 4503: 1000 }; // where the server says how long (docs/signaling.md)
const OVER = new Set([1000, 4400, 4403, 4409, 4410]);
const PING = 4000;
const QUIET = 11_000; // nothing heard for so long: the connection is dead, whatever the browser thinks

// messages opens it. hello gives {path, data} of the first message; it throws a
// Problem when one may not come. heard gets each message, state 'up', 'lost' or
// 'over' with what the server said last.
export function messages({ hello, heard, state }) {
  let socket = null;
  let tries = 0;
  let over = false;
  let bye = {};
  let last = 0;
  let wait = 0;

  async function open() {
    wait = 0;
    let first;
    try {
      first = await hello();
    } catch (problem) {
      if (problem.status && problem.status < 500 && problem.status !== 429) return finish({ code: problem.code, text: problem.detail, closed: problem.status });
      return again();
    }
    if (over) return undefined;
    const mine = new WebSocket(location.origin.replace(/^http/, 'ws') + first.path);
    socket = mine;
    last = Date.now();
    mine.onopen = () => send('hello', first.data);
    mine.onmessage = (event) => {
      last = Date.now();
      const message = JSON.parse(event.data);
      if (message.type === 'bye') bye = message.data;
      if (message.type === 'welcome') { tries = 0; state('up'); }
      heard(message);
    };
    mine.onclose = (event) => mine === socket && closed(event.code);
    return undefined;
  }

  function closed(code) {
    socket = null;
    if (over) return;
    if (OVER.has(code)) finish({ ...bye, closed: code });
    else again(ASKED[code]);
  }

  function again(ms = WAITS[Math.min(tries, WAITS.length - 1)]) {
    tries += 1;
    if (over) return;
    state('lost');
    wait = setTimeout(open, ms);
  }

  function finish(why) {
    if (over) return;
    stop();
    state('over', why);
  }

  function stop() {
    over = true;
    clearTimeout(wait);
    clearInterval(beat);
    removeEventListener('online', hurry);
    socket?.close(1000);
  }

  // hurry tries now: the network is said to be back.
  function hurry() {
    if (socket || !wait) return;
    clearTimeout(wait);
    open();
  }

  function send(type, data, ref) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(ref ? { type, ref, data } : { type, data }));
    return true;
  }

  const beat = setInterval(() => {
    if (!socket) return;
    if (Date.now() - last < QUIET) return void send('ping', { stamp: Date.now() });
    const dead = socket;
    socket = null;
    dead.close();
    closed(0);
  }, PING);
  addEventListener('online', hurry);
  open();
  return { send, stop };
}
