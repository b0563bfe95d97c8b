package webtest

import "testing"

// A finger meets what moves while a page loads, and what something lies above for a while,
// once it stands still and can be seen.
func TestATapWaitsForWhatMoves(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	eval[bool](p, `((main) => {
	  main.innerHTML = '<div></div><button>What moves</button>';
	  const [above, button] = main.children;
	  const cover = document.body.appendChild(document.createElement('div'));
	  Object.assign(cover.style, { position: 'fixed', inset: '0', zIndex: 99 });
	  window.taps = 0;
	  button.onclick = () => { window.taps++; };
	  let frames = 0;
	  const move = () => {
	    above.style.height = 7 * frames + 'px';
	    if (++frames === 20) cover.remove();
	    if (frames < 40) requestAnimationFrame(move);
	  };
	  move();
	  return true;
	})(document.querySelector('main'))`)
	p.tap("What moves")
	if taps := eval[int](p, "taps"); taps != 1 {
		t.Errorf("it was met %d times", taps)
	}
}
