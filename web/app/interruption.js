// An order or a stop that a rule interrupts: one dialog that says what was found, what to
// do instead and whose decision it is. Going on needs a reason for each.

import { h, button, fill } from './dom.js';
import { t } from './texts.js';
import { findingPart } from './medicineview.js';
import { required, textField } from './forms.js';

// unlessInterrupted sends, and while rules interrupt asks for reasons. send is called with
// them; it answers false when the person changes the order instead.
export async function unlessInterrupted(send) {
  let goOn = [];
  for (;;) {
    try {
      await send(goOn);
      return true;
    } catch (problem) {
      if (problem.code !== 'interrupted') throw problem;
      const more = await askReasons(problem.checked);
      if (!more) return false;
      goOn = [...goOn.filter((g) => !more.some((m) => m.key === g.key)), ...more];
    }
  }
}

function askReasons(checked) {
  const stops = checked.findings.filter((f) => f.interrupts);
  const fields = stops.map((f, i) => [f, textField(`goOn[${i}].reason`, t('ordering.reason'), { area: true, maxlength: 1000 })]);
  return new Promise((done) => {
    const problem = h('p.problem', { hidden: true });
    const dialog = h('dialog.interruption', { 'aria-labelledby': 'interrupted' });
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      done(answer);
    };
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end(null);
    });
    fill(dialog, h('h2', { id: 'interrupted' }, t('ordering.interrupted')),
      checked.incomplete && h('p.warn', t('medicines.incomplete')),
      fields.map(([f, field]) => h('section', findingPart(f), field.el)),
      problem,
      h('div.actions', button(t('ordering.change'), () => end(null)),
        button(t('ordering.go-on'), () => {
          const missing = required(...fields.map(([, field]) => field));
          missing.forEach(([field, words]) => field.fail(words));
          if (missing.length > 0) return missing[0][0].focus();
          return end(fields.map(([f, field]) => ({ key: f.key, reason: field.read() })));
        }, { kind: 'danger' })));
    document.body.append(dialog);
    dialog.showModal();
  });
}
