// How loud a microphone is. Where the browser does not let the meter run (a phone
// call, a page that nobody has touched yet), nothing is known: level() is null then,
// which is something else than silence.

const STANDS = 150; // milliseconds without a step: it stands still, whatever it says

export class Meter {
  stood = 0; // the context's clock when it was last seen to move
  moved = -STANDS; // when that was

  // listen follows this track; none ends it.
  listen(track) {
    this.close();
    this.track = track;
  }

  close() {
    this.context?.close().catch(() => {});
    this.context = this.ear = this.track = null;
  }

  start() {
    try {
      this.context = new AudioContext();
      this.ear = this.context.createAnalyser();
      this.ear.fftSize = 512;
      this.context.createMediaStreamSource(new MediaStream([this.track])).connect(this.ear);
    } catch { // no more of them can be had now
      this.context = this.ear = null;
    }
    [this.stood, this.moved] = [0, -STANDS];
  }

  // runs tells whether the meter measures, and wakes it where it does not. Safari has
  // a state of its own, 'interrupted'; and some contexts say 'running' and stand still.
  runs() {
    if (!this.track) return false;
    if (!this.context || this.context.state === 'closed') this.start();
    if (!this.context) return false;
    if (this.context.state !== 'running') {
      this.context.resume().catch(() => {});
      return false;
    }
    const now = performance.now();
    if (this.context.currentTime !== this.stood) [this.stood, this.moved] = [this.context.currentTime, now];
    return now - this.moved < STANDS;
  }

  // level is the loudest of the last hundredths of a second, 0 to 1, or null.
  level() {
    if (!this.runs()) return null;
    const wave = new Float32Array(this.ear.fftSize);
    this.ear.getFloatTimeDomainData(wave);
    return wave.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  }
}
