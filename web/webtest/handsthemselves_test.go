package webtest

import "testing"

// TestWhatIsTypedIntoAFieldThatGoesIsTypedAgain: the screen is drawn anew between the focus
// and the first letter.
func TestWhatIsTypedIntoAFieldThatGoesIsTypedAgain(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	eval[bool](p, `(() => {
	  document.body.innerHTML = '<label for="f">Name</label><input id="f">';
	  const field = document.getElementById('f');
	  field.addEventListener('focus', () => queueMicrotask(() => field.replaceWith(field.cloneNode())));
	  return true;
	})()`)
	p.fill("Name", "Maya")
	if got := eval[string](p, `document.getElementById('f').value`); got != "Maya" {
		t.Errorf("the field has %q", got)
	}
}
