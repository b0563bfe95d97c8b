// Propose what the prescribers agree on: who changes what, who watches what, what is done
// at early signs and at effects that can't be borne, and what is tried besides.

import { t } from '../texts.js';
import { here } from '../chartback.js';
import { call } from '../api.js';
import { whoTakes } from '../colleagues.js';
import { localDay } from '../format.js';
import { form, required, selectField, textField } from '../forms.js';
import { sayNext } from '../frame.js';
import { listField } from '../listfield.js';
import { rowsField } from '../rowsfield.js';
import { uuid7 } from '../uuid.js';
import { whatWords } from '../agreementview.js';

const watched = ['side-effects', 'ecg-qtc', 'lithium-level', 'anc', 'liver', 'kidney-thyroid', 'weight', 'pregnancy', 'naloxone', 'opioid-free-days'];
const texts = [{ name: '', label: t('agreeing.words'), kind: 'text', maxlength: 1000 }];
const names = (text) => text.split(',').map((part) => part.trim()).filter(Boolean);

export default async function newAgreementScreen(ctx) {
  await here(ctx);
  const people = await whoTakes(ctx.patientId, ctx.me, ['clinician']);
  const others = people.filter(([id]) => id !== ctx.me.accountId);
  const who = (name) => selectField(name, t('agreeing.owner'), people);
  const mine = textField('prescribers[0].changes', t('agreeing.mine'), { hint: t('agreeing.names'), maxlength: 1000 });
  const prescribers = rowsField('prescribers', t('agreeing.other'), (i) => {
    const [person, changes] = [selectField(`prescribers[${i + 1}].accountId`, t('agreeing.prescriber'), others), textField(`prescribers[${i + 1}].changes`, t('agreeing.theirs'), { hint: t('agreeing.names'), maxlength: 1000 })];
    return { fields: [person, changes], read: () => person.read() && { accountId: person.read(), changes: names(changes.read()) } };
  }, { start: 1, max: 5 });
  const answer = textField('answerHours', t('agreeing.answer'), { inputmode: 'numeric', value: '24' });
  const review = textField('reviewEveryDays', t('agreeing.review'), { inputmode: 'numeric', value: '30' });
  const owner = who('reviewOwner');
  const watches = rowsField('watches', t('agreeing.watch'), () => {
    const [what, medicine, whose] = [selectField('what', t('agreeing.what'), watched.map((w) => [w, whatWords(w)])), textField('medicine', t('agreeing.medicine'), { maxlength: 200 }), who('owner')];
    const [every, first] = [textField('everyDays', t('agreeing.every'), { inputmode: 'numeric', value: '30' }), textField('firstOn', t('agreeing.first'), { type: 'date', min: localDay(), value: localDay() })];
    return { fields: [what, medicine, whose, every, first], read: () => ({ what: what.read(), ...(what.read() === 'side-effects' ? { medicine: medicine.read() } : {}), owner: whose.read(), everyDays: Number(every.read()), firstOn: first.read() }) };
  }, { start: 1, max: 40 });
  const signs = rowsField('signs', t('agreeing.sign'), () => {
    const [words, then, whose] = [textField('words', t('agreeing.sign.words'), { maxlength: 1000 }), textField('then', t('agreeing.then'), { maxlength: 1000 }), who('owner')];
    return { fields: [words, then, whose], read: () => words.read() && { words: words.read(), then: then.read(), owner: whose.read() } };
  }, { start: 1 });
  const intolerable = rowsField('intolerable', t('agreeing.effect'), () => {
    const [effect, then] = [textField('effect', t('agreeing.effect.words'), { maxlength: 1000 }), textField('then', t('agreeing.then'), { maxlength: 1000 })];
    return { fields: [effect, then], read: () => effect.read() && { effect: effect.read(), then: then.read() } };
  }, { start: 1 });
  const besides = listField('besides', t('agreement.besides'), texts, [], { max: 20 });
  const id = uuid7();
  const send = async () => {
    await call('POST', ctx.api('prescribing-agreements'), { body: { id, prescribers: [{ accountId: ctx.me.accountId, changes: names(mine.read()) }, ...prescribers.read()],
      answerHours: Number(answer.read()), reviewEveryDays: Number(review.read()), reviewOwner: owner.read(), watches: watches.read(), signs: signs.read(), intolerable: intolerable.read(), besides: besides.read() } });
    sayNext(t('agreeing.proposed'));
    ctx.go(ctx.at(`medicines/agreements/${id}`));
  };
  return {
    title: t('agreeing.new'),
    back: [t('agreement.title'), ctx.at('medicines/agreements')],
    body: form([mine, prescribers, answer, watches, review, owner, signs, intolerable, besides], send, { submit: t('agreeing.propose'), check: () => required(answer, review, owner) }),
  };
}
