// Made from handlers/testdata/openapi.json: go test ./handlers -run Golden -update
// Requests and answers of the API by operation, and what they are made of. How to begin:
// docs/build-an-app.md

export interface Operations {
  /** Public keys of access tokens and crisis plans (RFC 7517) */
  readKeys: { method: "GET"; path: "/.well-known/jwks.json"; answer: unknown };
  /** Somebody's visits, for the calendar program that they gave the address to */
  subscribeCalendar: { method: "GET"; path: "/calendar/{token}.ics"; params: { token: string }; headers: { "If-None-Match"?: string }; answer: string };
  /** Where apps find what they need (openid-configuration) */
  readAppIssuer: { method: "GET"; path: "/fhir/R4/.well-known/openid-configuration"; answer: SmartConfiguration };
  /** Where apps find what they need (smart-configuration) */
  readSmartConfiguration: { method: "GET"; path: "/fhir/R4/.well-known/smart-configuration"; answer: SmartConfiguration };
  /** Allergies and other bad reactions of a patient */
  listFHIRAllergyIntolerances: { method: "GET"; path: "/fhir/R4/AllergyIntolerance"; query: { _format?: string; _pretty?: string; patient?: string; status?: string; _count?: number; page?: string }; answer: Record<string, unknown> };
  /** Visits of a patient by their start */
  listFHIRAppointments: { method: "GET"; path: "/fhir/R4/Appointment"; query: { _format?: string; _pretty?: string; patient?: string; _id?: string; _lastUpdated?: Array<string>; date?: Array<string>; status?: string; _count?: number; page?: string }; answer: Record<string, unknown> };
  /** Book an Appointment that is held or proposed; twice is once */
  bookFHIRAppointment: { method: "POST"; path: "/fhir/R4/Appointment/$book"; query: { _format?: string; _pretty?: string }; body: Parameters; answer: Record<string, unknown> };
  /** Times at which a visit could be, as proposed Appointments; the best first */
  findFHIRAppointments: { method: "GET"; path: "/fhir/R4/Appointment/$find"; query: { _format?: string; _pretty?: string; patient?: string; "service-type": string; start: string; end: string; practitioner?: Array<string>; specialty?: Array<string>; modality?: "video" | "phone" | "in-person" | "home-visit" | "asynchronous"; _count?: number }; answer: Record<string, unknown> };
  /** Keep a proposed Appointment for five minutes; twice is once */
  holdFHIRAppointment: { method: "POST"; path: "/fhir/R4/Appointment/$hold"; query: { _format?: string; _pretty?: string }; body: Parameters; answer: Record<string, unknown> };
  /** A visit */
  readFHIRAppointment: { method: "GET"; path: "/fhir/R4/Appointment/{id}"; params: { id: string }; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** The care plan of a patient */
  listFHIRCarePlans: { method: "GET"; path: "/fhir/R4/CarePlan"; query: { _format?: string; _pretty?: string; patient?: string }; answer: Record<string, unknown> };
  /** The care plan of a patient; its id is the patient's */
  readFHIRCarePlan: { method: "GET"; path: "/fhir/R4/CarePlan/{id}"; params: { id: string }; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** The episodes of care of a patient, newest first, 100 at most */
  listFHIREpisodesOfCare: { method: "GET"; path: "/fhir/R4/EpisodeOfCare"; query: { _format?: string; _pretty?: string; patient?: string }; answer: Record<string, unknown> };
  /** Orders of a patient's medicines */
  listFHIRMedicationRequests: { method: "GET"; path: "/fhir/R4/MedicationRequest"; query: { _format?: string; _pretty?: string; patient?: string; status?: string; _count?: number; page?: string }; answer: Record<string, unknown> };
  /** What a patient takes that was not ordered here */
  listFHIRMedicationStatements: { method: "GET"; path: "/fhir/R4/MedicationStatement"; query: { _format?: string; _pretty?: string; patient?: string; status?: string; _count?: number; page?: string }; answer: Record<string, unknown> };
  /** Write down a result: QTc, lithium, neutrophils, weight, pregnancy */
  createFHIRObservation: { method: "POST"; path: "/fhir/R4/Observation"; query: { _format?: string; _pretty?: string }; body: ObservationIn; answer: Record<string, unknown> };
  /** A patient, as far as you may see the profile: several by their ids */
  listFHIRPatients: { method: "GET"; path: "/fhir/R4/Patient"; query: { _format?: string; _pretty?: string; _id: string }; answer: Record<string, unknown> };
  /** A patient, as far as you may see the profile */
  readFHIRPatient: { method: "GET"; path: "/fhir/R4/Patient/{id}"; params: { id: string }; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** A clinician of this clinic: several by their ids */
  listFHIRPractitioners: { method: "GET"; path: "/fhir/R4/Practitioner"; query: { _format?: string; _pretty?: string; _id: string }; answer: Record<string, unknown> };
  /** A clinician of this clinic */
  readFHIRPractitioner: { method: "GET"; path: "/fhir/R4/Practitioner/{id}"; params: { id: string }; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** The calendar of a practitioner */
  listFHIRSchedules: { method: "GET"; path: "/fhir/R4/Schedule"; query: { _format?: string; _pretty?: string; _id?: string; actor?: string }; answer: Record<string, unknown> };
  /** The calendar of a practitioner */
  readFHIRSchedule: { method: "GET"; path: "/fhir/R4/Schedule/{id}"; params: { id: string }; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** The referrals of a patient to partners outside, newest first */
  listFHIRServiceRequests: { method: "GET"; path: "/fhir/R4/ServiceRequest"; query: { _format?: string; _pretty?: string; patient?: string; _count?: number; page?: string }; answer: Record<string, unknown> };
  /** When a practitioner is free and when not */
  listFHIRSlots: { method: "GET"; path: "/fhir/R4/Slot"; query: { _format?: string; _pretty?: string; _id?: string; schedule: string; start: Array<string>; status?: string }; answer: Record<string, unknown> };
  /** A piece of a practitioner's time, as it is now */
  readFHIRSlot: { method: "GET"; path: "/fhir/R4/Slot/{id}"; params: { id: string }; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** Where the referrals of a patient stand, with the states of the SDOH Clinical Care guide */
  listFHIRTasks: { method: "GET"; path: "/fhir/R4/Task"; query: { _format?: string; _pretty?: string; patient?: string; _count?: number; page?: string }; answer: Record<string, unknown> };
  /** What of FHIR R4 there is (CapabilityStatement) */
  readFHIRMetadata: { method: "GET"; path: "/fhir/R4/metadata"; query: { _format?: string; _pretty?: string }; answer: Record<string, unknown> };
  /** An app asks a person (SMART App Launch, authorization code with PKCE) */
  authorizeApp: { method: "GET"; path: "/oauth/authorize"; query: { response_type?: string; client_id?: string; redirect_uri?: string; scope?: string; state?: string; aud?: string; launch?: string; code_challenge?: string; code_challenge_method?: string; nonce?: string }; answer: void };
  /** An app asks a person (SMART App Launch, authorization code with PKCE) */
  authorizeAppByForm: { method: "POST"; path: "/oauth/authorize"; body: string; answer: void };
  /** What a token is (RFC 7662), for a confidential app */
  introspectToken: { method: "POST"; path: "/oauth/introspect"; body: string; answer: Record<string, unknown> };
  /** Public key of the tokens of apps (RFC 7517) */
  readAppKeys: { method: "GET"; path: "/oauth/jwks.json"; answer: unknown };
  /** An app gives back what it was allowed (RFC 7009) */
  revokeToken: { method: "POST"; path: "/oauth/revoke"; body: string; answer: Record<string, unknown> };
  /** Tokens for a code or a refresh token */
  tradeForToken: { method: "POST"; path: "/oauth/token"; body: string; answer: Record<string, unknown> };
  /** List the accounts of a role */
  listAccounts: { method: "GET"; path: "/v1/accounts"; query: { limit?: number; cursor?: string; role: "patient" | "supporter" | "guardian" | "interpreter" | "partner" | "clinician" | "coordinator" | "administrator" }; answer: ListAccount };
  /** Create an account */
  createAccount: { method: "POST"; path: "/v1/accounts"; headers: { "Idempotency-Key"?: string }; body: NewAccountInputBody; answer: Account };
  /** Read an account */
  readAccount: { method: "GET"; path: "/v1/accounts/{accountId}"; params: { accountId: string }; headers: { "If-None-Match"?: string }; answer: Account };
  /** List the codes by which somebody could still come into an account */
  listEnrolmentCodes: { method: "GET"; path: "/v1/accounts/{accountId}/enrolment-codes"; params: { accountId: string }; query: { limit?: number; cursor?: string }; answer: ListOpenCode };
  /** Make a one-time enrolment code */
  createEnrolmentCode: { method: "POST"; path: "/v1/accounts/{accountId}/enrolment-codes"; params: { accountId: string }; headers: { "Idempotency-Key"?: string }; body: CodeInputBody; answer: EnrolmentCode };
  /** Cancel a code that is open */
  cancelEnrolmentCode: { method: "DELETE"; path: "/v1/accounts/{accountId}/enrolment-codes/{codeId}"; params: { accountId: string; codeId: string }; answer: void };
  /** Let somebody into an account who proves a phone number or an e-mail address at Firebase */
  expectByFirebase: { method: "PUT"; path: "/v1/accounts/{accountId}/expected-firebase"; params: { accountId: string }; body: ExpectFirebaseInputBody; answer: void };
  /** Let somebody into an account by their e-mail address at a hospital */
  expectByProvider: { method: "PUT"; path: "/v1/accounts/{accountId}/expected-sign-ins/{providerId}"; params: { accountId: string; providerId: string }; body: ExpectProviderInputBody; answer: void };
  /** What somebody of the clinic has to do: alerts, tasks, visits of the next two months */
  readOpenWork: { method: "GET"; path: "/v1/accounts/{accountId}/open-work"; params: { accountId: string }; answer: TaskOpenWork };
  /** Ask somebody to take all of it: alerts call them at once, tasks wait for their answer */
  handOverWork: { method: "POST"; path: "/v1/accounts/{accountId}/open-work/hand-over"; params: { accountId: string }; body: HandOverWorkInputBody; answer: TaskHanded };
  /** Give an administrator the duty of the privacy officer, or take it */
  setPrivacyOfficer: { method: "PUT"; path: "/v1/accounts/{accountId}/privacy-officer"; params: { accountId: string }; body: OfficerInputBody; answer: Account };
  /** List the hospital sign-ins of an account, and those that are expected */
  listAccountProviders: { method: "GET"; path: "/v1/accounts/{accountId}/provider-ties"; params: { accountId: string }; answer: TiesView };
  /** Take a hospital's sign-in off an account; what it let in ends */
  untieProvider: { method: "DELETE"; path: "/v1/accounts/{accountId}/provider-ties/{tieId}"; params: { accountId: string; tieId: string }; answer: void };
  /** Whether the clinic can reach somebody, and what came back */
  readAccountReach: { method: "GET"; path: "/v1/accounts/{accountId}/reach"; params: { accountId: string }; answer: Reach };
  /** List the devices of an account that may hold something of its person */
  listAccountSessions: { method: "GET"; path: "/v1/accounts/{accountId}/sessions"; params: { accountId: string }; query: { limit?: number; cursor?: string }; answer: ListSession };
  /** End somebody's device: it was lost, or a lent one came back */
  endAccountSession: { method: "POST"; path: "/v1/accounts/{accountId}/sessions/{sessionId}/end"; params: { accountId: string; sessionId: string }; body: EndSessionInputBody; answer: void };
  /** Suspend or reinstate an account */
  setAccountStatus: { method: "PUT"; path: "/v1/accounts/{accountId}/status"; params: { accountId: string }; headers: { "If-Match": string }; body: StatusInputBody; answer: Account };
  /** Take off somebody's passkeys, PIN, app with codes and recovery codes (another administrator) */
  takeOffFactors: { method: "DELETE"; path: "/v1/accounts/{accountId}/ways"; params: { accountId: string }; answer: void };
  /** The newest 50 drills */
  listAlertDrills: { method: "GET"; path: "/v1/alert-drills"; query: { limit?: number; cursor?: string }; answer: ListAlertDrill };
  /** Run the chain of alerts on nobody (office) */
  startAlertDrill: { method: "POST"; path: "/v1/alert-drills"; headers: { "Idempotency-Key"?: string }; body: StartDrillInputBody; answer: AlertDrill };
  /** What became of a drill, with the time of each step */
  readAlertDrill: { method: "GET"; path: "/v1/alert-drills/{drillId}"; params: { drillId: string }; answer: AlertDrill };
  /** What is recorded of what alerts to staff need to begin */
  readAlertReadiness: { method: "GET"; path: "/v1/alert-readiness"; query: { programme?: string }; answer: AlertReadiness };
  /** The load: what fired, what was done, per rule and per person and shift */
  readAlertReport: { method: "GET"; path: "/v1/alert-report"; query: { from?: string; to?: string }; answer: AlertReport };
  /** The rules, with what is not evaluated yet and why */
  listAlertRules: { method: "GET"; path: "/v1/alert-rules"; query: { limit?: number; cursor?: string }; answer: ListAlertRule };
  /** Whether alerts are made, in which hours, and who answers at last */
  readAlertSettings: { method: "GET"; path: "/v1/alert-settings"; headers: { "If-None-Match"?: string }; answer: AlertSettings };
  /** Set them (administrator) */
  setAlertSettings: { method: "PUT"; path: "/v1/alert-settings"; headers: { "If-Match": string }; body: AlertTerms; answer: AlertSettings };
  /** List the alerts of one owner, newest first */
  listAlerts: { method: "GET"; path: "/v1/alerts"; query: { owner?: string; status?: "open" | "notified" | "acknowledged" | "in-contact" | "resolved" | "referred" | "unanswered"; tier?: "routine" | "elevated" | "urgent" | "emergent"; limit?: number; cursor?: string }; answer: ListAlertView };
  /** Read an alert */
  readAlert: { method: "GET"; path: "/v1/alerts/{alertId}"; params: { alertId: string }; headers: { "If-None-Match"?: string }; answer: AlertView };
  /** Say that you handle it; the time for contact runs on */
  acknowledgeAlert: { method: "POST"; path: "/v1/alerts/{alertId}/acknowledge"; params: { alertId: string }; answer: AlertView };
  /** Give it to somebody else, who is called at once */
  handOverAlert: { method: "POST"; path: "/v1/alerts/{alertId}/hand-over"; params: { alertId: string }; body: HandOverInputBody; answer: AlertView };
  /** Whom the patient promised a call for help, and what they said */
  listHelpCalls: { method: "GET"; path: "/v1/alerts/{alertId}/help-calls"; params: { alertId: string }; query: { limit?: number; cursor?: string }; answer: ListPerson };
  /** Call one of them, by the way and in the words that the patient signed; once for an alert */
  askForHelp: { method: "POST"; path: "/v1/alerts/{alertId}/help-calls"; params: { alertId: string }; body: HelpAskInputBody; answer: Call };
  /** Say that you are in contact, or how it ended */
  recordOutcome: { method: "POST"; path: "/v1/alerts/{alertId}/outcome"; params: { alertId: string }; body: AlertEnding; answer: AlertView };
  /** What an app asks of you */
  readAppQuestion: { method: "GET"; path: "/v1/app-questions/{questionId}"; params: { questionId: string }; answer: AppQuestion };
  /** Say what an app may read */
  answerApp: { method: "POST"; path: "/v1/app-questions/{questionId}/answer"; params: { questionId: string }; body: AppAnswerInputBody; answer: GoTo };
  /** Book a time, held or not */
  bookAppointment: { method: "POST"; path: "/v1/appointments"; headers: { "Idempotency-Key"?: string }; body: BookInputBody; answer: VisitView };
  /** Keep a time for five minutes; it takes the place of your hold for the same kind of visit */
  holdSlot: { method: "POST"; path: "/v1/appointments/holds"; headers: { "Idempotency-Key"?: string }; body: HoldInputBody; answer: VisitView };
  /** List the apps that are registered */
  listApps: { method: "GET"; path: "/v1/apps"; query: { limit?: number; cursor?: string }; answer: ListApp };
  /** Register an app of somebody else */
  registerApp: { method: "POST"; path: "/v1/apps"; headers: { "Idempotency-Key"?: string }; body: NewAppInputBody; answer: NewApp };
  /** Take an app off; nothing of it opens anything any more */
  removeApp: { method: "DELETE"; path: "/v1/apps/{appId}"; params: { appId: string }; answer: void };
  /** Start an app from here (EHR launch) */
  launchApp: { method: "POST"; path: "/v1/apps/{appId}/launch"; params: { appId: string }; answer: GoTo };
  /** Redeem an enrolment code on a device */
  enrol: { method: "POST"; path: "/v1/auth/enrol"; headers: { DPoP?: string }; body: EnrolInputBody; answer: SignedInView };
  /** Sign in by an ID token of Firebase */
  signInByFirebase: { method: "POST"; path: "/v1/auth/firebase"; headers: { DPoP?: string }; body: FirebaseInputBody; answer: SignedInView };
  /** What the holder of a code is asked */
  readInvitation: { method: "POST"; path: "/v1/auth/invitations/read"; body: ReadInvitationInputBody; answer: Offer };
  /** Take an invitation: it makes an account and signs this device in */
  takeInvitation: { method: "POST"; path: "/v1/auth/invitations/take"; headers: { DPoP?: string }; body: TakeInvitationInputBody; answer: SignedInView };
  /** Sign in with a passkey */
  signInWithPasskey: { method: "POST"; path: "/v1/auth/passkey"; headers: { DPoP?: string }; body: PasskeyInputBody; answer: SignedInView };
  /** Begin to sign in with a passkey, whoever it is */
  offerPasskey: { method: "POST"; path: "/v1/auth/passkey/options"; body: OfferInputBody; answer: PasskeyRequest };
  /** Sign in again on a device of yours, with your PIN */
  signInWithPIN: { method: "POST"; path: "/v1/auth/pin"; headers: { DPoP?: string }; body: PinSignInInputBody; answer: SignedInView };
  /** The sign-ins of hospitals that people who work here can use */
  listProviders: { method: "GET"; path: "/v1/auth/providers"; answer: ProvidersView };
  /** Get the tokens of the sign-in that this browser came back from */
  finishProviderSignIn: { method: "POST"; path: "/v1/auth/providers/finish"; headers: { DPoP?: string }; answer: FinishedView };
  /** A hospital's sign-in says that somebody signed out there */
  endByProvider: { method: "POST"; path: "/v1/auth/providers/{providerId}/backchannel-logout"; params: { providerId: string }; body: string; answer: void };
  /** Begin to sign in by a hospital's sign-in */
  beginProviderSignIn: { method: "POST"; path: "/v1/auth/providers/{providerId}/begin"; params: { providerId: string }; headers: { DPoP?: string }; body: BeginProviderInputBody; answer: BegunView };
  /** Where a hospital's sign-in sends the browser back to */
  returnFromProvider: { method: "GET"; path: "/v1/auth/providers/{providerId}/callback"; params: { providerId: string }; query: { state?: string; code?: string; iss?: string; error?: string }; answer: void };
  /** Sign in with one of your recovery codes */
  signInWithRecoveryCode: { method: "POST"; path: "/v1/auth/recovery-code"; headers: { DPoP?: string }; body: RecoveryInputBody; answer: SignedInView };
  /** Trade a refresh token for new tokens */
  refresh: { method: "POST"; path: "/v1/auth/refresh"; headers: { DPoP?: string }; body: RefreshInputBody; answer: SignedInView };
  /** Sign this device out */
  signOut: { method: "POST"; path: "/v1/auth/sign-out"; answer: void };
  /** Uses of break-glass and what waits (privacy officer) */
  reviewBreakGlass: { method: "GET"; path: "/v1/break-glass"; query: { limit?: number; cursor?: string }; answer: ListBreakGlassView };
  /** The same for somebody who is known by name and birth date */
  breakGlassByName: { method: "POST"; path: "/v1/break-glass"; headers: { "Idempotency-Key"?: string }; body: BreakGlassForInputBody; answer: BreakGlass };
  /** Put off telling the patient for a recorded risk of harm (privacy officer) */
  delayBreakGlass: { method: "PUT"; path: "/v1/break-glass/{glassId}/delay"; params: { glassId: string }; body: DelayBreakGlassInputBody; answer: BreakGlassView };
  /** Note what the review found (privacy officer); due within 72 hours */
  judgeBreakGlass: { method: "PUT"; path: "/v1/break-glass/{glassId}/review"; params: { glassId: string }; body: JudgeBreakGlassInputBody; answer: BreakGlassView };
  /** Tell the patient now what was put off (privacy officer) */
  tellBreakGlass: { method: "POST"; path: "/v1/break-glass/{glassId}/tell-patient"; params: { glassId: string }; answer: BreakGlassView };
  /** The catalogue of what a care plan can hold */
  listCarePlanActivities: { method: "GET"; path: "/v1/care-plan-activities"; query: { limit?: number; cursor?: string }; answer: ListCarePlanEntry };
  /** Who may do what with a care plan, for everybody to read */
  listCarePlanAuthority: { method: "GET"; path: "/v1/care-plan-authority"; query: { limit?: number; cursor?: string }; answer: ListCarePlanRow };
  /** The measures of which a care plan can say what is expected */
  listCarePlanMeasures: { method: "GET"; path: "/v1/care-plan-measures"; query: { limit?: number; cursor?: string }; answer: ListCarePlanScale };
  /** Who has how much, and what is overdue */
  readCaseload: { method: "GET"; path: "/v1/caseload"; query: { limit?: number; cursor?: string }; answer: Caseload };
  /** The ways by which this clinic reaches people, and what was last found about each (the office) */
  listChannels: { method: "GET"; path: "/v1/channels"; query: { limit?: number; cursor?: string }; answer: ListVerdict };
  /** Look at each way now (administrators) */
  checkChannels: { method: "POST"; path: "/v1/channels/check"; answer: ListVerdict };
  /** A clinician's calendar; patients are named where you have a right to the chart */
  readCalendar: { method: "GET"; path: "/v1/clinicians/{accountId}/appointments"; params: { accountId: string }; query: { from: string; to: string; limit?: number; cursor?: string }; answer: ListCalendarEntry };
  /** When a clinician can be booked, and which visits no longer fit */
  readAvailability: { method: "GET"; path: "/v1/clinicians/{accountId}/availability"; params: { accountId: string }; headers: { "If-None-Match"?: string }; answer: AvailabilityView };
  /** Replace when a clinician can be booked; the answer lists the visits that it breaks, with other times */
  setAvailability: { method: "PUT"; path: "/v1/clinicians/{accountId}/availability"; params: { accountId: string }; headers: { "If-Match": string }; body: Availability; answer: AvailabilityView };
  /** The next weeks as they really fall */
  previewAvailability: { method: "GET"; path: "/v1/clinicians/{accountId}/availability/preview"; params: { accountId: string }; query: { weeks?: number }; answer: Preview };
  /** The next weeks with other hours, and what they would break; nothing is changed */
  previewAvailabilityDraft: { method: "POST"; path: "/v1/clinicians/{accountId}/availability/preview"; params: { accountId: string }; query: { weeks?: number }; body: Availability; answer: Preview };
  /** A clinician's calendar elsewhere: whether it can be read, and since when not */
  readBusyCalendar: { method: "GET"; path: "/v1/clinicians/{accountId}/busy-calendar"; params: { accountId: string }; answer: BusyCalendar };
  /** Take a clinician's busy times from another calendar; the answer tells whether it could be read */
  setBusyCalendar: { method: "PUT"; path: "/v1/clinicians/{accountId}/busy-calendar"; params: { accountId: string }; body: BusyInputBody; answer: BusyCalendar };
  /** Forget a clinician's calendar elsewhere and its busy times */
  endBusyCalendar: { method: "DELETE"; path: "/v1/clinicians/{accountId}/busy-calendar"; params: { accountId: string }; answer: void };
  /** Your case conferences by their start */
  listConferences: { method: "GET"; path: "/v1/conferences"; query: { from: string; to: string; limit?: number; cursor?: string }; answer: ListConferenceView };
  /** Call a case conference (clinician); everybody who comes needs a right to each chart */
  callConference: { method: "POST"; path: "/v1/conferences"; headers: { "Idempotency-Key"?: string }; body: CallConferenceInputBody; answer: ConferenceView };
  /** Times at which these clinicians can meet */
  findConferenceSlots: { method: "GET"; path: "/v1/conferences/slots"; query: { visitType: string; modality: "video" | "phone" | "in-person"; site?: string; who: Array<string>; from: string; to: string; limit?: number; cursor?: string }; answer: ListSlot };
  /** Read a conference that you are in */
  readConference: { method: "GET"; path: "/v1/conferences/{conferenceId}"; params: { conferenceId: string }; headers: { "If-None-Match"?: string }; answer: ConferenceView };
  /** Say whether you come */
  answerConference: { method: "PUT"; path: "/v1/conferences/{conferenceId}/answer"; params: { conferenceId: string }; body: AnswerConferenceInputBody; answer: ConferenceView };
  /** Call a conference off */
  cancelConference: { method: "POST"; path: "/v1/conferences/{conferenceId}/cancel"; params: { conferenceId: string }; headers: { "If-Match": string }; body: CancelConferenceInputBody; answer: ConferenceView };
  /** Get a ticket into the room of a conference by video */
  joinConference: { method: "POST"; path: "/v1/conferences/{conferenceId}/join"; params: { conferenceId: string }; answer: Joining };
  /** Say who is there */
  setPresent: { method: "PUT"; path: "/v1/conferences/{conferenceId}/present/{accountId}"; params: { conferenceId: string; accountId: string }; body: PresentInputBody; answer: MeetingRoster };
  /** Say which disciplines have to be there */
  setQuorum: { method: "PUT"; path: "/v1/conferences/{conferenceId}/quorum"; params: { conferenceId: string }; body: QuorumInputBody; answer: MeetingRoster };
  /** Give a conference another time, in one step */
  rescheduleConference: { method: "POST"; path: "/v1/conferences/{conferenceId}/reschedule"; params: { conferenceId: string }; headers: { "If-Match": string }; body: MoveConferenceInputBody; answer: ConferenceView };
  /** Who is in a meeting, by discipline, and who of those needed is not there */
  readRoster: { method: "GET"; path: "/v1/conferences/{conferenceId}/roster"; params: { conferenceId: string }; answer: MeetingRoster };
  /** Who is on duty now, when you are, which swaps wait for you, and the holes of the next 14 days */
  readDuty: { method: "GET"; path: "/v1/duty"; answer: Duty };
  /** Modules to read, what is needed now first */
  listEducation: { method: "GET"; path: "/v1/education"; query: { limit?: number; cursor?: string; language?: string; audience?: "patient" | "family" | "both"; need?: "now" | "this-week" | "understand" }; answer: ListLibraryEntry };
  /** All texts, and what the office has to look at */
  listEducationTexts: { method: "GET"; path: "/v1/education-texts"; query: { limit?: number; cursor?: string }; answer: ListEducationTextState };
  /** What is wrong, missing or hard to read in a text; nothing is kept */
  checkEducationText: { method: "POST"; path: "/v1/education-texts/check"; body: TextFile; answer: CheckedText };
  /** A text with its draft, its signature and how it reads */
  readEducationText: { method: "GET"; path: "/v1/education-texts/{moduleId}/{language}"; params: { moduleId: string; language: string }; headers: { "If-None-Match"?: string }; answer: EducationText };
  /** Keep a draft; If-Match: "1" where the clinic has nothing of its own yet */
  draftEducationText: { method: "PUT"; path: "/v1/education-texts/{moduleId}/{language}/draft"; params: { moduleId: string; language: string }; headers: { "If-Match": string }; body: TextFile; answer: EducationText };
  /** Publish the draft; a text of safety is signed before */
  publishEducationText: { method: "POST"; path: "/v1/education-texts/{moduleId}/{language}/publication"; params: { moduleId: string; language: string }; headers: { "If-Match": string }; body: WordsInputBody; answer: EducationText };
  /** Say, as a clinician of the site, that you have read these words and that they are right */
  signEducationText: { method: "POST"; path: "/v1/education-texts/{moduleId}/{language}/signature"; params: { moduleId: string; language: string }; headers: { "If-Match": string }; body: SignInputBody; answer: EducationText };
  /** Take a text back as dangerous, for good: nobody is shown it any more */
  withdrawEducationText: { method: "POST"; path: "/v1/education-texts/{moduleId}/{language}/withdrawal"; params: { moduleId: string; language: string }; headers: { "If-Match": string }; body: WordsInputBody; answer: EducationText };
  /** Words of the app that a clinician signs before they are shown, and whether one has */
  listEducationWords: { method: "GET"; path: "/v1/education-words"; query: { limit?: number; cursor?: string }; answer: ListEducationWordsState };
  /** Say, as a clinician of the site, that you have read these words of the app and that they are right */
  signEducationWords: { method: "POST"; path: "/v1/education-words/{wordsId}/{language}/signature"; params: { wordsId: string; language: string }; body: SignWordsInputBody; answer: EducationWordsState };
  /** A file of a pack, from any byte on */
  readEducationFile: { method: "GET"; path: "/v1/education/files/{name}"; params: { name: string }; headers: { Range?: string }; answer: string };
  /** All modules of a language for a phone to keep: their names, signed */
  readEducationPack: { method: "GET"; path: "/v1/education/packs/{language}"; params: { language: string }; headers: { "If-None-Match"?: string }; answer: string };
  /** Find modules by what somebody types; nothing of it is kept */
  searchEducation: { method: "POST"; path: "/v1/education/search"; body: SearchInputBody; answer: SearchAnswer };
  /** A module, in the language that is asked for or the next best */
  readEducation: { method: "GET"; path: "/v1/education/{moduleId}"; params: { moduleId: string }; query: { language?: string }; headers: { "If-None-Match"?: string }; answer: EducationView };
  /** Answer a module's question; nobody else sees it */
  answerEducation: { method: "POST"; path: "/v1/education/{moduleId}/answers"; params: { moduleId: string }; headers: { "Idempotency-Key"?: string }; body: AnswerInputBody; answer: EducationAnswerTold };
  /** Say that a mail has come: reminders may go there */
  confirmEmail: { method: "POST"; path: "/v1/email-confirmations"; body: ConfirmInputBody; answer: void };
  /** Numbers to call in a country; there is always an answer */
  readEmergencyNumbers: { method: "GET"; path: "/v1/emergency-numbers"; query: { country?: string }; answer: EmergencyNumbers };
  /** Every country's numbers, for a phone to keep */
  listEmergencyNumbers: { method: "GET"; path: "/v1/emergency-numbers/all"; query: { limit?: number; cursor?: string }; answer: ListEmergencyNumbers };
  /** How those who left were seen after 7 and 30 days, by programme (clinicians and administrators); names nobody */
  reportFollowUps: { method: "GET"; path: "/v1/follow-up-report"; query: { from: string; to: string }; answer: EpisodeFollowUpReport };
  /** The guidelines that the clinic goes by: for those who work here */
  listGuidelines: { method: "GET"; path: "/v1/guidelines"; query: { limit?: number; cursor?: string }; answer: ListGuideline };
  /** Add a guideline: the office */
  addGuideline: { method: "POST"; path: "/v1/guidelines"; headers: { "Idempotency-Key"?: string }; body: AddGuidelineInputBody; answer: Guideline };
  /** Read a guideline */
  readGuideline: { method: "GET"; path: "/v1/guidelines/{guidelineId}"; params: { guidelineId: string }; headers: { "If-None-Match"?: string }; answer: Guideline };
  /** Change a guideline, or end it: the office */
  setGuideline: { method: "PUT"; path: "/v1/guidelines/{guidelineId}"; params: { guidelineId: string }; headers: { "If-Match": string }; body: SetGuidelineInputBody; answer: Guideline };
  /** How handoffs went: complete, read back, taken in time (clinicians and administrators); names nobody */
  reportHandoffs: { method: "GET"; path: "/v1/handoff-report"; query: { from: string; to: string }; answer: HandoffReport };
  /** Import a spreadsheet of people or of consents on paper (office) */
  importFile: { method: "POST"; path: "/v1/imports"; body: ImportInputBody; answer: Imported };
  /** Look at a spreadsheet of people or of consents on paper before it is imported (office) */
  lookAtImport: { method: "POST"; path: "/v1/imports/look"; body: LookAtImportInputBody; answer: Imported };
  /** The standard instruments */
  listInstruments: { method: "GET"; path: "/v1/instruments"; query: { limit?: number; cursor?: string }; headers: { "Accept-Language"?: string }; answer: ListInstrumentView };
  /** One standard instrument */
  readInstrument: { method: "GET"; path: "/v1/instruments/{instrumentId}"; params: { instrumentId: string }; headers: { "Accept-Language"?: string }; answer: InstrumentView };
  /** The mail host hands on a mail that came back: a delivery status notification */
  returnMail: { method: "POST"; path: "/v1/mail/returns"; headers: { "webhook-id"?: string; "webhook-timestamp"?: string; "webhook-signature"?: string }; body: MailReturnInputBody; answer: MailReturn };
  /** Read your own account */
  readMe: { method: "GET"; path: "/v1/me"; answer: OwnAccount };
  /** List the apps that read for you */
  listMyApps: { method: "GET"; path: "/v1/me/apps"; answer: AllowedView };
  /** Take back what an app may read, or one thing of it; holds from the next request */
  takeBackApp: { method: "DELETE"; path: "/v1/me/apps/{grantId}"; params: { grantId: string }; query: { scope?: string }; answer: void };
  /** Whether your visits can be subscribed to, and since when */
  readCalendarFeed: { method: "GET"; path: "/v1/me/calendar-feed"; answer: CalendarFeed };
  /** Make a secret address for your calendar program; the one before ends */
  makeCalendarFeed: { method: "POST"; path: "/v1/me/calendar-feed"; answer: NewFeed };
  /** Make your secret address worthless */
  endCalendarFeed: { method: "DELETE"; path: "/v1/me/calendar-feed"; answer: void };
  /** What people ask you to keep them to, and where that ends (supporters and peers) */
  listMyContracts: { method: "GET"; path: "/v1/me/contracts"; query: { limit?: number; cursor?: string }; answer: ListPeerContract };
  /** Say yes or no to exactly these words */
  answerContract: { method: "POST"; path: "/v1/me/contracts/{contractId}/answer"; params: { contractId: string }; body: AnswerContractInputBody; answer: PeerContract };
  /** End it as the partner, without a reason */
  endMyContract: { method: "POST"; path: "/v1/me/contracts/{contractId}/end"; params: { contractId: string }; answer: PeerContract };
  /** List how you were coping, the newest first */
  listCoping: { method: "GET"; path: "/v1/me/coping"; query: { limit?: number; cursor?: string }; answer: ListCopingTold };
  /** Tell how you are coping, for yourself alone: no clinic reads it */
  tellCoping: { method: "POST"; path: "/v1/me/coping"; headers: { "Idempotency-Key"?: string }; body: TellCopingInputBody; answer: CopingTold };
  /** Delete one of your own check-ins */
  forgetCoping: { method: "DELETE"; path: "/v1/me/coping/{copingId}"; params: { copingId: string }; answer: void };
  /** What you have read, what your team gave you, what may help */
  readMyEducation: { method: "GET"; path: "/v1/me/education"; answer: EducationMine };
  /** What may help in what you name; nothing of it is kept */
  suggestEducation: { method: "POST"; path: "/v1/me/education/suggestions"; body: SuggestInputBody; answer: EducationMine };
  /** Mark a module as read, for yourself */
  markEducation: { method: "PUT"; path: "/v1/me/education/{moduleId}"; params: { moduleId: string }; body: MarkInputBody; answer: EducationMark };
  /** Give an e-mail address; nothing but a link to confirm it is sent there before you do */
  setMyEmail: { method: "PUT"; path: "/v1/me/email"; body: EmailInputBody; answer: void };
  /** Leave all places, erase what is yours and close your account; for family and friends, and for good */
  eraseMine: { method: "POST"; path: "/v1/me/erasure"; body: EraseInputBody; answer: void };
  /** Tie your account to your sign-in at Firebase */
  linkFirebase: { method: "POST"; path: "/v1/me/firebase"; body: LinkFirebaseInputBody; answer: void };
  /** Calls for help to you, of the last two days, newest first */
  listMyHelpCalls: { method: "GET"; path: "/v1/me/help-calls"; query: { limit?: number; cursor?: string }; answer: ListAsked };
  /** Say what you found out; the care team is told at once */
  answerHelpCall: { method: "PUT"; path: "/v1/me/help-calls/{callId}/answer"; params: { callId: string }; body: HelpAnswerInputBody; answer: Asked };
  /** How you want to be reminded, and what follows from it */
  readNotificationSettings: { method: "GET"; path: "/v1/me/notification-settings"; headers: { "If-None-Match"?: string }; answer: SettingsView };
  /** Replace your choices; what is planned for you follows at once */
  setNotificationSettings: { method: "PUT"; path: "/v1/me/notification-settings"; headers: { "If-Match": string }; body: Choices; answer: SettingsView };
  /** List your own goals and tasks, the newest first */
  listOwnGoals: { method: "GET"; path: "/v1/me/own-goals"; query: { limit?: number; cursor?: string }; answer: ListOwnGoalList };
  /** Keep a goal or a task for yourself alone: nobody else reads it */
  keepOwnGoal: { method: "POST"; path: "/v1/me/own-goals"; headers: { "Idempotency-Key"?: string }; body: KeepGoalInputBody; answer: OwnGoal };
  /** Change one of your own, or say that it is done */
  changeOwnGoal: { method: "PUT"; path: "/v1/me/own-goals/{goalId}"; params: { goalId: string }; headers: { "If-Match": string }; body: OwnGoalTerms; answer: OwnGoal };
  /** Delete one of your own */
  dropOwnGoal: { method: "DELETE"; path: "/v1/me/own-goals/{goalId}"; params: { goalId: string }; answer: void };
  /** Keep a passkey that was made */
  addPasskey: { method: "POST"; path: "/v1/me/passkeys"; body: NewPasskeyInputBody; answer: Passkey };
  /** Begin to make a passkey */
  beginPasskey: { method: "POST"; path: "/v1/me/passkeys/options"; answer: PasskeyCreation };
  /** Take a passkey off */
  removePasskey: { method: "DELETE"; path: "/v1/me/passkeys/{passkeyId}"; params: { passkeyId: string }; answer: Ways };
  /** Give a passkey another name */
  namePasskey: { method: "PUT"; path: "/v1/me/passkeys/{passkeyId}/name"; params: { passkeyId: string }; body: NamePasskeyInputBody; answer: Passkey };
  /** Who asks you as a peer, and with whom you go */
  listMyPeerMatches: { method: "GET"; path: "/v1/me/peer-matches"; query: { limit?: number; cursor?: string }; answer: ListPeerMatch };
  /** Say yes or no as a peer */
  answerPeerMatch: { method: "POST"; path: "/v1/me/peer-matches/{matchId}/answer"; params: { matchId: string }; body: AnswerPeerInputBody; answer: PeerMatch };
  /** End it as a peer, without a reason */
  endPeerMatch: { method: "POST"; path: "/v1/me/peer-matches/{matchId}/end"; params: { matchId: string }; answer: PeerMatch };
  /** What you share of yourself as a peer */
  readPeerProfile: { method: "GET"; path: "/v1/me/peer-profile"; headers: { "If-None-Match"?: string }; answer: PeerProfile };
  /** Choose what patients may know of you as a peer */
  setPeerProfile: { method: "PUT"; path: "/v1/me/peer-profile"; headers: { "If-Match": string }; body: PeerProfileTerms; answer: PeerProfile };
  /** Give a phone number, and say whether SMS may go there */
  setMyPhone: { method: "PUT"; path: "/v1/me/phone"; body: PhoneInputBody; answer: void };
  /** Send a text that asks whether the number is yours; START from it says yes */
  askMyPhone: { method: "POST"; path: "/v1/me/phone/confirmation"; answer: void };
  /** Set or change the PIN of the app */
  setPIN: { method: "PUT"; path: "/v1/me/pin"; body: PinInputBody; answer: PINView };
  /** Take the PIN off */
  removePIN: { method: "DELETE"; path: "/v1/me/pin"; answer: void };
  /** List the hospital sign-ins that your account is tied to */
  listMyProviders: { method: "GET"; path: "/v1/me/providers"; answer: TiesView };
  /** Begin to tie your account to your sign-in at a hospital */
  linkProvider: { method: "POST"; path: "/v1/me/providers/{providerId}/begin"; params: { providerId: string }; answer: BegunView };
  /** Begin to show at a hospital once more that it is you */
  proveByProvider: { method: "POST"; path: "/v1/me/providers/{providerId}/prove"; params: { providerId: string }; answer: BegunView };
  /** Take a sign-in elsewhere off your account; what it let in ends */
  untieMyProvider: { method: "DELETE"; path: "/v1/me/providers/{tieId}"; params: { tieId: string }; answer: void };
  /** Whether this device gets pushes */
  readPushDevice: { method: "GET"; path: "/v1/me/push-device"; answer: PushDevice };
  /** Let this device get pushes, or give its fresh token */
  setPushDevice: { method: "PUT"; path: "/v1/me/push-device"; body: PushDeviceInputBody; answer: PushDevice };
  /** No pushes to this device any more */
  removePushDevice: { method: "DELETE"; path: "/v1/me/push-device"; answer: void };
  /** Make ten recovery codes, shown once */
  makeRecoveryCodes: { method: "POST"; path: "/v1/me/recovery-codes"; answer: RecoveryCodes };
  /** Your inbox: what has come, newest first */
  listReminders: { method: "GET"; path: "/v1/me/reminders"; query: { limit?: number; cursor?: string }; answer: ListItem };
  /** What will come in the next 14 days, for a phone that rings by itself */
  listComingReminders: { method: "GET"; path: "/v1/me/reminders/coming"; answer: Ahead };
  /** One of your reminders with everything that happened to it */
  readReminderTrail: { method: "GET"; path: "/v1/me/reminders/{reminderId}"; params: { reminderId: string }; answer: Trail };
  /** Say that your device showed it */
  receiveReminder: { method: "POST"; path: "/v1/me/reminders/{reminderId}/delivered"; params: { reminderId: string }; body: DeliveredInputBody; answer: void };
  /** Mark a notice of the inbox as read */
  openReminder: { method: "POST"; path: "/v1/me/reminders/{reminderId}/opened"; params: { reminderId: string }; answer: void };
  /** List the devices that you are signed in on */
  listMySessions: { method: "GET"; path: "/v1/me/sessions"; query: { limit?: number; cursor?: string }; answer: ListSessionView };
  /** Sign all your other devices out */
  endMyOtherSessions: { method: "DELETE"; path: "/v1/me/sessions"; answer: void };
  /** Sign one of your devices out */
  endMySession: { method: "DELETE"; path: "/v1/me/sessions/{sessionId}"; params: { sessionId: string }; answer: void };
  /** Show once more that it is you */
  stepUp: { method: "POST"; path: "/v1/me/step-up"; body: StepUpInputBody; answer: Fresh };
  /** Begin to step up with one of your passkeys */
  beginStepUp: { method: "POST"; path: "/v1/me/step-up/options"; answer: PasskeyRequest };
  /** Make a word for a colleague whose factor is not at hand, in an emergency */
  giveWord: { method: "POST"; path: "/v1/me/step-up/words"; answer: Word };
  /** Beside whom you have a place, what you agreed to, and until when you see something */
  listMySupporting: { method: "GET"; path: "/v1/me/supporting"; query: { limit?: number; cursor?: string }; answer: ListSupporting };
  /** Take an invitation with the account that you have */
  joinInvitation: { method: "POST"; path: "/v1/me/supporting"; body: JoinInvitationInputBody; answer: Supporting };
  /** Leave your place beside somebody; what you wrote there is erased */
  leaveSupporting: { method: "DELETE"; path: "/v1/me/supporting/{patientId}"; params: { patientId: string }; answer: void };
  /** Write what you two agree to; it holds when the other says yes */
  proposeMyAgreement: { method: "PUT"; path: "/v1/me/supporting/{patientId}/agreement"; params: { patientId: string }; body: AgreementWords; answer: Agreement };
  /** Say yes to what the other wrote */
  acceptMyAgreement: { method: "POST"; path: "/v1/me/supporting/{patientId}/agreement/yes"; params: { patientId: string }; body: AgreementYes; answer: Agreement };
  /** List what you proposed, the newest first; a yes is told, a no is not */
  listMyGoalProposals: { method: "GET"; path: "/v1/me/supporting/{patientId}/goal-proposals"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListGoalProposal };
  /** Propose a goal to somebody; they alone read it and decide */
  suggestGoal: { method: "POST"; path: "/v1/me/supporting/{patientId}/goal-proposals"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: SuggestGoalInputBody; answer: GoalProposal };
  /** Put a page away that somebody gave you */
  putPageAway: { method: "DELETE"; path: "/v1/me/supporting/{patientId}/pages/{pageId}"; params: { patientId: string; pageId: string }; answer: void };
  /** Write your part of somebody's plan: what you do and what you don't */
  setMyPromise: { method: "PUT"; path: "/v1/me/supporting/{patientId}/promise"; params: { patientId: string }; body: PromiseInputBody; answer: Promise };
  /** Make a key for an app that shows codes */
  beginTOTP: { method: "POST"; path: "/v1/me/totp"; answer: NewTOTP };
  /** Take the app with codes off */
  removeTOTP: { method: "DELETE"; path: "/v1/me/totp"; answer: void };
  /** Show the first code of the app */
  confirmTOTP: { method: "POST"; path: "/v1/me/totp/confirm"; body: TotpInputBody; answer: TOTPView };
  /** List the ways by which you can sign in */
  listMyWays: { method: "GET"; path: "/v1/me/ways"; answer: Ways };
  /** The rules that orders are held against, the clinic's changes to them, and how old they are */
  readMedicineRules: { method: "GET"; path: "/v1/medicine-rules"; answer: MedicineRuleBook };
  /** Propose to add or silence a rule; it holds when somebody else has signed it too */
  proposeMedicineRule: { method: "POST"; path: "/v1/medicine-rules/changes"; headers: { "Idempotency-Key"?: string }; body: NewRuleChange; answer: MedicineChange };
  /** End a change of the rules; one person can */
  endMedicineRule: { method: "POST"; path: "/v1/medicine-rules/changes/{changeId}/end"; params: { changeId: string }; answer: MedicineChange };
  /** The second signature under a change of the rules */
  signMedicineRule: { method: "POST"; path: "/v1/medicine-rules/changes/{changeId}/sign"; params: { changeId: string }; answer: MedicineChange };
  /** How often each rule interrupted, how often somebody went on, and how often they acted on it */
  reportMedicineRules: { method: "GET"; path: "/v1/medicine-rules/report"; query: { limit?: number; cursor?: string; from: string; to: string }; answer: ListMedicineRuleFigures };
  /** The strengths that exist, as the clinic entered them */
  readMedicineStrengths: { method: "GET"; path: "/v1/medicine-strengths"; headers: { "If-None-Match"?: string }; answer: MedicineStrengths };
  /** Enter the strengths that exist: a prescriber, a pharmacist or an administrator */
  setMedicineStrengths: { method: "PUT"; path: "/v1/medicine-strengths"; headers: { "If-Match": string }; body: MedicineStrengths; answer: MedicineStrengths };
  /** What became of the decisions of meetings: done, not done and why known, late (everybody who works here); names nobody */
  reportMeetings: { method: "GET"; path: "/v1/meeting-report"; query: { from: string; to: string }; answer: MeetingReport };
  /** Who reads messages and when, as the clinic says it; for a phone to keep */
  readMessageHours: { method: "GET"; path: "/v1/message-hours"; answer: ThreadReading };
  /** Within how many working days the team answers (people who work at the clinic) */
  readMessageSettings: { method: "GET"; path: "/v1/message-settings"; headers: { "If-None-Match"?: string }; answer: ThreadNorms };
  /** Set it (administrator) */
  setMessageSettings: { method: "PUT"; path: "/v1/message-settings"; headers: { "If-Match": string }; body: ThreadNorms; answer: ThreadNorms };
  /** The rules for minors that ship, and who of the clinic signed them */
  listMinorRules: { method: "GET"; path: "/v1/minor-rules"; query: { limit?: number; cursor?: string }; answer: ListMinorRuleState };
  /** End a rule for minors: from the next request on no parent sees anything; one person of the office can */
  endMinorRule: { method: "POST"; path: "/v1/minor-rules/{jurisdiction}/end"; params: { jurisdiction: string }; answer: MinorRuleState };
  /** The first signature under a rule for minors; another administrator is asked for the second */
  proposeMinorRule: { method: "POST"; path: "/v1/minor-rules/{jurisdiction}/proposal"; params: { jurisdiction: string }; body: ProposeRuleInputBody; answer: MinorRuleState };
  /** The second signature under a rule for minors; it holds from now on */
  signMinorRule: { method: "POST"; path: "/v1/minor-rules/{jurisdiction}/signature"; params: { jurisdiction: string }; body: SignRuleInputBody; answer: MinorRuleState };
  /** Partner's portal: what you are asked for, without the persons */
  listPartnerReferrals: { method: "GET"; path: "/v1/partner/referrals"; query: { limit?: number; cursor?: string }; answer: ListReferralLine };
  /** Partner's portal: read one referral */
  readPartnerReferral: { method: "GET"; path: "/v1/partner/referrals/{referralId}"; params: { referralId: string }; answer: ReferralForPartner };
  /** Partner's portal: yes or no, a date, and what came of it */
  movePartnerReferral: { method: "POST"; path: "/v1/partner/referrals/{referralId}/status"; params: { referralId: string }; body: PartnerMove; answer: ReferralForPartner };
  /** List the partners of the clinic: for those who work here */
  listPartners: { method: "GET"; path: "/v1/partners"; query: { limit?: number; cursor?: string }; answer: ListReferralPartnerView };
  /** Add a partner: the office */
  addPartner: { method: "POST"; path: "/v1/partners"; headers: { "Idempotency-Key"?: string }; body: AddPartnerInputBody; answer: ReferralPartnerView };
  /** Read a partner */
  readPartner: { method: "GET"; path: "/v1/partners/{partnerId}"; params: { partnerId: string }; headers: { "If-None-Match"?: string }; answer: ReferralPartnerView };
  /** Change a partner, or let it go: the office */
  setPartner: { method: "PUT"; path: "/v1/partners/{partnerId}"; params: { partnerId: string }; headers: { "If-Match": string }; body: SetPartnerInputBody; answer: ReferralPartnerView };
  /** List the charts that you can open */
  listPatients: { method: "GET"; path: "/v1/patients"; query: { limit?: number; cursor?: string }; answer: ListPatientSummary };
  /** Read who the patient is */
  readPatient: { method: "GET"; path: "/v1/patients/{patientId}"; params: { patientId: string }; answer: Patient };
  /** Who opened or changed your record, in plain words */
  readAccessLog: { method: "GET"; path: "/v1/patients/{patientId}/access-log"; params: { patientId: string }; query: { limit?: number; cursor?: string }; headers: { "Accept-Language"?: string }; answer: ListAccessEntry };
  /** What a patient needs to come to a visit, and what may be offered instead */
  readAccessNeeds: { method: "GET"; path: "/v1/patients/{patientId}/access-needs"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: Needs };
  /** Write it down: the patient, or who books visits for them */
  setAccessNeeds: { method: "PUT"; path: "/v1/patients/{patientId}/access-needs"; params: { patientId: string }; headers: { "If-Match": string }; body: NeedsBody; answer: Needs };
  /** Raise an alert by hand (people who work at the clinic) */
  raiseAlert: { method: "POST"; path: "/v1/patients/{patientId}/alerts"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: RaiseInputBody; answer: AlertView };
  /** Book all visits of a series, or none */
  bookSeries: { method: "POST"; path: "/v1/patients/{patientId}/appointment-series"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: BookSeriesInputBody; answer: SeriesView };
  /** Each visit of a series as it would fall, and what is in its way; nothing is taken */
  previewSeries: { method: "POST"; path: "/v1/patients/{patientId}/appointment-series/preview"; params: { patientId: string }; body: SeriesAsk; answer: ListSeriesVisit };
  /** Read a series with its visits */
  readVisitSeries: { method: "GET"; path: "/v1/patients/{patientId}/appointment-series/{seriesId}"; params: { patientId: string; seriesId: string }; headers: { "If-None-Match"?: string }; answer: SeriesView };
  /** Call off a visit of a series and all that follow */
  cancelRest: { method: "POST"; path: "/v1/patients/{patientId}/appointment-series/{seriesId}/cancel"; params: { patientId: string; seriesId: string }; headers: { "If-Match": string }; body: CancelRestInputBody; answer: SeriesView };
  /** Give a visit of a series another time, and move all that follow by as much */
  rescheduleRest: { method: "POST"; path: "/v1/patients/{patientId}/appointment-series/{seriesId}/reschedule"; params: { patientId: string; seriesId: string }; headers: { "If-Match": string }; body: MoveRestInputBody; answer: SeriesView };
  /** List visits by their start */
  listAppointments: { method: "GET"; path: "/v1/patients/{patientId}/appointments"; params: { patientId: string }; query: { limit?: number; cursor?: string; from?: string; to?: string; order?: "soonest" | "latest" }; answer: ListVisitList };
  /** Read a visit */
  readAppointment: { method: "GET"; path: "/v1/patients/{patientId}/appointments/{appointmentId}"; params: { patientId: string; appointmentId: string }; headers: { "If-None-Match"?: string }; answer: VisitView };
  /** Say yes or no to a visit that you are in */
  answerAppointment: { method: "PUT"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/answer"; params: { patientId: string; appointmentId: string }; body: AnswerVisitInputBody; answer: VisitView };
  /** Call a visit off, with a reason */
  cancelAppointment: { method: "POST"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/cancel"; params: { patientId: string; appointmentId: string }; headers: { "If-Match": string }; body: CancelInputBody; answer: VisitView };
  /** Invite somebody who need not come; the visit waits for no answer */
  inviteGuest: { method: "PUT"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/guests/{accountId}"; params: { patientId: string; appointmentId: string; accountId: string }; answer: VisitView };
  /** Take somebody off who was invited */
  removeGuest: { method: "DELETE"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/guests/{accountId}"; params: { patientId: string; appointmentId: string; accountId: string }; answer: VisitView };
  /** A visit for a calendar: the same visit again updates it, a cancelled one takes it out */
  readInvite: { method: "GET"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/invite.ics"; params: { patientId: string; appointmentId: string }; answer: string };
  /** Get a ticket into the room of a visit by video */
  joinAppointment: { method: "POST"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/join"; params: { patientId: string; appointmentId: string }; answer: Joining };
  /** What was kept of the messages of a visit by video */
  readVisitMessages: { method: "GET"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/messages"; params: { patientId: string; appointmentId: string }; answer: VisitMessages };
  /** Keep what was written for everyone in the visit that runs */
  keepVisitMessages: { method: "POST"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/messages"; params: { patientId: string; appointmentId: string }; answer: VisitMessages };
  /** How well the connections of a visit by video worked, for each person */
  readAppointmentQuality: { method: "GET"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/quality"; params: { patientId: string; appointmentId: string }; query: { limit?: number; cursor?: string }; answer: ListConnectionReport };
  /** Give a visit another time, in one step */
  rescheduleAppointment: { method: "POST"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/reschedule"; params: { patientId: string; appointmentId: string }; headers: { "If-Match": string }; body: RescheduleInputBody; answer: VisitView };
  /** Note that somebody came, was seen or was missed */
  moveAppointment: { method: "POST"; path: "/v1/patients/{patientId}/appointments/{appointmentId}/transitions"; params: { patientId: string; appointmentId: string }; headers: { "If-Match": string }; body: StatusOfVisitInputBody; answer: VisitView };
  /** Everything around a person: needs, team, family, partners */
  readAround: { method: "GET"; path: "/v1/patients/{patientId}/around"; params: { patientId: string }; answer: ReferralAround };
  /** Open the minimum set in a medical emergency, for an hour */
  breakGlass: { method: "POST"; path: "/v1/patients/{patientId}/break-glass"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: BreakGlassStatement; answer: BreakGlass };
  /** How and when the patient may be called */
  readCallWish: { method: "GET"; path: "/v1/patients/{patientId}/call-wish"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: CallWish };
  /** Say how and when you may be called */
  setCallWish: { method: "PUT"; path: "/v1/patients/{patientId}/call-wish"; params: { patientId: string }; headers: { "If-Match": string }; body: CallWish; answer: CallWish };
  /** Read the care plan */
  readCarePlan: { method: "GET"; path: "/v1/patients/{patientId}/care-plan"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: CarePlanView };
  /** Change the care plan, merged by field */
  changeCarePlan: { method: "PATCH"; path: "/v1/patients/{patientId}/care-plan"; params: { patientId: string }; headers: { "If-Match": string }; body: ChangeCarePlanInputBody; answer: CarePlanView };
  /** Say yes or no to a version; it is agreed with the yes of the patient and one clinician */
  answerCarePlan: { method: "POST"; path: "/v1/patients/{patientId}/care-plan/answer"; params: { patientId: string }; body: AnswerCarePlanInputBody; answer: CarePlanView };
  /** What is expected of the plan, beside what check-ins tell */
  readCarePlanCourse: { method: "GET"; path: "/v1/patients/{patientId}/care-plan/course"; params: { patientId: string }; answer: CarePlanCourse };
  /** Say how useful something is; the third time in a row that it did not help, the team is asked to look at it with you */
  rateCarePlanItem: { method: "POST"; path: "/v1/patients/{patientId}/care-plan/items/{itemId}/usefulness"; params: { patientId: string; itemId: string }; headers: { "Idempotency-Key"?: string }; body: RateCarePlanInputBody; answer: CarePlanUseful };
  /** The plan in plain words, in the patient's language */
  readCarePlanSummary: { method: "GET"; path: "/v1/patients/{patientId}/care-plan/summary"; params: { patientId: string }; query: { language?: string }; answer: CarePlanSummary };
  /** List what was changed, by whom and why, newest first */
  listCarePlanVersions: { method: "GET"; path: "/v1/patients/{patientId}/care-plan/versions"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListCarePlanChange };
  /** Read any version again, and what changed for the patient since an earlier one */
  readCarePlanVersion: { method: "GET"; path: "/v1/patients/{patientId}/care-plan/versions/{version}"; params: { patientId: string; version: number }; query: { since?: number; language?: string }; answer: CarePlanThen };
  /** List the care team */
  listCareTeam: { method: "GET"; path: "/v1/patients/{patientId}/care-team"; params: { patientId: string }; query: { limit?: number; cursor?: string }; headers: { "If-None-Match"?: string }; answer: ListMembership };
  /** Put somebody on the care team */
  joinCareTeam: { method: "PUT"; path: "/v1/patients/{patientId}/care-team/{accountId}"; params: { patientId: string; accountId: string }; headers: { "If-Match": string }; body: TeamInputBody; answer: Membership };
  /** Take somebody off the care team */
  leaveCareTeam: { method: "DELETE"; path: "/v1/patients/{patientId}/care-team/{accountId}"; params: { patientId: string; accountId: string }; query: { atOnce?: boolean }; headers: { "If-Match": string }; answer: void };
  /** Say whether somebody leaves the team: who leads it */
  answerTeamEnd: { method: "POST"; path: "/v1/patients/{patientId}/care-team/{accountId}/end"; params: { patientId: string; accountId: string }; body: AnswerEndInputBody; answer: Membership };
  /** What others changed in a chart since you looked */
  readChanges: { method: "GET"; path: "/v1/patients/{patientId}/changes"; params: { patientId: string }; answer: Changes };
  /** What the patient is asked */
  readCheckInForm: { method: "GET"; path: "/v1/patients/{patientId}/check-in-form"; params: { patientId: string }; headers: { "If-None-Match"?: string; "Accept-Language"?: string }; answer: FormView };
  /** Shape the form (care team) */
  shapeCheckInForm: { method: "PUT"; path: "/v1/patients/{patientId}/check-in-form"; params: { patientId: string }; headers: { "If-Match": string; "Accept-Language"?: string }; body: ShapeFormInputBody; answer: FormView };
  /** The patient's own break from check-ins */
  readCheckInPause: { method: "GET"; path: "/v1/patients/{patientId}/check-in-pause"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: AlertPause };
  /** Take a break from check-ins, or end it (the patient alone) */
  setCheckInPause: { method: "PUT"; path: "/v1/patients/{patientId}/check-in-pause"; params: { patientId: string }; headers: { "If-Match": string }; body: AlertPause; answer: AlertPause };
  /** When the patient wants to check in */
  readCheckInTimes: { method: "GET"; path: "/v1/patients/{patientId}/check-in-times"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: CheckInTimes };
  /** Say when you want to check in; reminders follow */
  setCheckInTimes: { method: "PUT"; path: "/v1/patients/{patientId}/check-in-times"; params: { patientId: string }; headers: { "If-Match": string }; body: CheckInTimes; answer: CheckInTimes };
  /** List check-ins by when they were answered, newest first */
  listCheckIns: { method: "GET"; path: "/v1/patients/{patientId}/check-ins"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListCheckIn };
  /** Send a check-in; as often as it takes, however late */
  sendCheckIn: { method: "POST"; path: "/v1/patients/{patientId}/check-ins"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: CheckInBody; answer: CheckInAnswer };
  /** Say that you have read check-ins; the team and the patient see it */
  readCheckIns: { method: "POST"; path: "/v1/patients/{patientId}/check-ins/read"; params: { patientId: string }; body: ReadTogetherInputBody; answer: void };
  /** Write down a check-in that the patient told on the telephone, on paper or in person (clinician of the team); it is marked */
  writeDownCheckIn: { method: "POST"; path: "/v1/patients/{patientId}/check-ins/written-down"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: WriteDownInputBody; answer: CheckIn };
  /** Read a check-in */
  readCheckIn: { method: "GET"; path: "/v1/patients/{patientId}/check-ins/{checkInId}"; params: { patientId: string; checkInId: string }; answer: CheckIn };
  /** Mark own answers as a mistake; they are kept, and nothing that followed is taken back */
  markMistake: { method: "POST"; path: "/v1/patients/{patientId}/check-ins/{checkInId}/mistake"; params: { patientId: string; checkInId: string }; body: MistakeInputBody; answer: CheckIn };
  /** List what the patient says to what is written about them, newest first */
  listComments: { method: "GET"; path: "/v1/patients/{patientId}/comments"; params: { patientId: string }; query: { limit?: number; cursor?: string; kind: "goal" | "goal-note" | "check-in" | "handoff" | "care-plan-item" | "meeting-decision" | "discharge" }; answer: ListComment };
  /** Comment on what was written about you (the patient alone) */
  addComment: { method: "POST"; path: "/v1/patients/{patientId}/comments"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: AddCommentInputBody; answer: Comment };
  /** List consents, newest first */
  listConsents: { method: "GET"; path: "/v1/patients/{patientId}/consents"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListConsentView };
  /** Sign a consent */
  giveConsent: { method: "POST"; path: "/v1/patients/{patientId}/consents"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: GiveConsentInputBody; answer: ConsentView };
  /** Take a consent back; holds from the next request */
  revokeConsent: { method: "DELETE"; path: "/v1/patients/{patientId}/consents/{consentId}"; params: { patientId: string; consentId: string }; answer: void };
  /** Sign once more for 180 days what family or a friend may see */
  renewConsent: { method: "POST"; path: "/v1/patients/{patientId}/consents/{consentId}/renewal"; params: { patientId: string; consentId: string }; headers: { "Idempotency-Key"?: string }; body: RenewConsentInputBody; answer: ConsentView };
  /** Where the patient is, as the team recorded it */
  readContactState: { method: "GET"; path: "/v1/patients/{patientId}/contact-state"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: AlertContactState };
  /** Record where the patient is; reminders follow, and family is told by a person */
  setContactState: { method: "PUT"; path: "/v1/patients/{patientId}/contact-state"; params: { patientId: string }; headers: { "If-Match": string }; body: AlertContactState; answer: AlertContactState };
  /** With whom the patient has a contract, the newest first: the patient */
  listContracts: { method: "GET"; path: "/v1/patients/{patientId}/contracts"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListPeerContract };
  /** Ask somebody to keep you to your word, and say where that ends: the patient */
  writeContract: { method: "POST"; path: "/v1/patients/{patientId}/contracts"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: WriteContractInputBody; answer: PeerContract };
  /** Read a contract: the patient */
  readContract: { method: "GET"; path: "/v1/patients/{patientId}/contracts/{contractId}"; params: { patientId: string; contractId: string }; headers: { "If-None-Match"?: string }; answer: PeerContract };
  /** Say it in other words: the patient; the partner is asked anew */
  changeContract: { method: "PUT"; path: "/v1/patients/{patientId}/contracts/{contractId}"; params: { patientId: string; contractId: string }; headers: { "If-Match": string }; body: PeerTerms; answer: PeerContract };
  /** End it, without a reason: the patient */
  endContract: { method: "POST"; path: "/v1/patients/{patientId}/contracts/{contractId}/end"; params: { patientId: string; contractId: string }; answer: PeerContract };
  /** Read the plan: whole for the patient and the team, the shared part for supporters */
  readCrisisPlan: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan"; params: { patientId: string }; answer: PlanView };
  /** Write the next version, as a draft */
  saveCrisisPlan: { method: "PUT"; path: "/v1/patients/{patientId}/crisis-plan"; params: { patientId: string }; headers: { "If-Match": string }; body: SavePlanInputBody; answer: PlanView };
  /** Make the newest draft the plan that holds, by the patient's word; phones get it with their next sync */
  activateCrisisPlan: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/activate"; params: { patientId: string }; body: PlanAssentInputBody; answer: PlanView };
  /** The patient's own crisis plan, signed and self-contained */
  readCrisisPlanBundle: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan/bundle"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: string };
  /** Renew a number or the hours of the clinic itself (team); it holds at once, marked and dated */
  renewClinicNumber: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/clinic-numbers"; params: { patientId: string }; body: PlanRenewalTerms; answer: PlanView };
  /** Say that you read a version and stand by it */
  confirmCrisisPlan: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/confirmations"; params: { patientId: string }; body: PlanAssentInputBody; answer: PlanView };
  /** Say no to the newest draft (patient); the plan in force stays */
  declineCrisisPlan: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/decline"; params: { patientId: string }; body: PlanNumberInputBody; answer: PlanView };
  /** Which version each of the patient's phones holds, the stalest first */
  listCrisisPlanDevices: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan/devices"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListPlanHolding };
  /** Say which numbers of the plan work */
  checkCrisisPlanNumbers: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/number-checks"; params: { patientId: string }; body: NumberChecksInputBody; answer: PlanView };
  /** Tell which version this phone holds (patient) */
  receiveCrisisPlan: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/receipts"; params: { patientId: string }; body: ReceivePlanInputBody; answer: void };
  /** The practices of opening the plan, newest first */
  listCrisisPlanRehearsals: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan/rehearsals"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListPlanRehearsal };
  /** Note a practice of opening the plan (patient) */
  rehearseCrisisPlan: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/rehearsals"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: RehearsePlanInputBody; answer: PlanView };
  /** When the plan was looked at together, newest first */
  listCrisisPlanReviews: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan/reviews"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListPlanReview };
  /** Note that the plan was looked at together */
  reviewCrisisPlan: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/reviews"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: ReviewPlanInputBody; answer: PlanView };
  /** Set which sections a supporter with the scope crisis-plan.shared-sections may see (patient) */
  shareCrisisPlan: { method: "PUT"; path: "/v1/patients/{patientId}/crisis-plan/sharing/{supporterId}"; params: { patientId: string; supporterId: string }; headers: { "If-Match": string }; body: SharePlanInputBody; answer: PlanView };
  /** Note that something happened that asks for a review */
  noteCrisisPlanTrigger: { method: "POST"; path: "/v1/patients/{patientId}/crisis-plan/triggers"; params: { patientId: string }; body: PlanTriggerInputBody; answer: PlanView };
  /** Every version, newest first */
  listCrisisPlanVersions: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan/versions"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListPlanVersion };
  /** One version */
  readCrisisPlanVersion: { method: "GET"; path: "/v1/patients/{patientId}/crisis-plan/versions/{number}"; params: { patientId: string; number: number }; answer: PlanVersion };
  /** List what the team of a patient does not agree on, newest first */
  listDisagreements: { method: "GET"; path: "/v1/patients/{patientId}/disagreements"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListDisagreementView };
  /** Say that the team does not agree; somebody is asked to bring it to an end by a day */
  raiseDisagreement: { method: "POST"; path: "/v1/patients/{patientId}/disagreements"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: RaiseDisagreementInputBody; answer: DisagreementView };
  /** Read a disagreement */
  readDisagreement: { method: "GET"; path: "/v1/patients/{patientId}/disagreements/{disagreementId}"; params: { patientId: string; disagreementId: string }; answer: DisagreementView };
  /** Say what you think; you have one position, which you may change */
  setPosition: { method: "PUT"; path: "/v1/patients/{patientId}/disagreements/{disagreementId}/position"; params: { patientId: string; disagreementId: string }; body: SetPositionInputBody; answer: DisagreementView };
  /** Say what the patient would have: the patient, or the team for them */
  setPatientPreference: { method: "PUT"; path: "/v1/patients/{patientId}/disagreements/{disagreementId}/preference"; params: { patientId: string; disagreementId: string }; body: SetPatientPreferenceInputBody; answer: DisagreementView };
  /** End it with an outcome (who has it, or was asked to); the patient is told */
  settleDisagreement: { method: "POST"; path: "/v1/patients/{patientId}/disagreements/{disagreementId}/settle"; params: { patientId: string; disagreementId: string }; body: SettleDisagreementInputBody; answer: DisagreementView };
  /** End what is no disagreement any more (who raised it, or has it) */
  withdrawDisagreement: { method: "POST"; path: "/v1/patients/{patientId}/disagreements/{disagreementId}/withdraw"; params: { patientId: string; disagreementId: string }; body: WithdrawDisagreementInputBody; answer: DisagreementView };
  /** What the team gave the patient to read, newest first */
  listGivenEducation: { method: "GET"; path: "/v1/patients/{patientId}/education"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListEducationGiven };
  /** Give the patient a module to read, with the reason that they see */
  giveEducation: { method: "POST"; path: "/v1/patients/{patientId}/education"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: GiveInputBody; answer: EducationGiven };
  /** Take a module off the list; the patient may too */
  takeOffEducation: { method: "DELETE"; path: "/v1/patients/{patientId}/education/{givenId}"; params: { patientId: string; givenId: string }; answer: void };
  /** Tell your team that you have read it; nothing else tells them */
  tellReadEducation: { method: "PUT"; path: "/v1/patients/{patientId}/education/{givenId}/read"; params: { patientId: string; givenId: string }; answer: EducationGiven };
  /** List the episodes of a patient, newest first */
  listEpisodes: { method: "GET"; path: "/v1/patients/{patientId}/episodes"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListEpisode };
  /** Begin with the intake */
  beginEpisode: { method: "POST"; path: "/v1/patients/{patientId}/episodes"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: BeginEpisodeInputBody; answer: EpisodeView };
  /** Read an episode with its intake and its way out */
  readEpisode: { method: "GET"; path: "/v1/patients/{patientId}/episodes/{episodeId}"; params: { patientId: string; episodeId: string }; answer: EpisodeView };
  /** Write down how somebody is to leave, bit by bit */
  writeDischarge: { method: "PUT"; path: "/v1/patients/{patientId}/episodes/{episodeId}/discharge"; params: { patientId: string; episodeId: string }; body: EpisodeDischargeTerms; answer: EpisodeView };
  /** Let somebody leave as it was written down */
  discharge: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/discharge"; params: { patientId: string; episodeId: string }; body: DischargeInputBody; answer: EpisodeView };
  /** Write down what came of a follow-up */
  tellFollowUp: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/follow-ups/{day}"; params: { patientId: string; episodeId: string; day: number }; body: FollowUpInputBody; answer: EpisodeView };
  /** Decide about a programme, and say why */
  chooseProgramme: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/programmes"; params: { patientId: string; episodeId: string }; headers: { "Idempotency-Key"?: string }; body: ProgrammeChoice; answer: EpisodeView };
  /** Choose what to be reminded of after an episode: the patient */
  chooseRemindersAfter: { method: "PUT"; path: "/v1/patients/{patientId}/episodes/{episodeId}/reminders"; params: { patientId: string; episodeId: string }; body: RemindersInputBody; answer: EpisodeView };
  /** Write down what the patient says: they, or who asks this part */
  answerIntake: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/sections/{section}/answers"; params: { patientId: string; episodeId: string; section: string }; body: IntakeAnswers; answer: EpisodeView };
  /** Say something to what was written down: the patient */
  commentIntake: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/sections/{section}/comments"; params: { patientId: string; episodeId: string; section: string }; headers: { "Idempotency-Key"?: string }; body: CommentInputBody; answer: EpisodeView };
  /** Say that a part is done: who took it over */
  finishIntake: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/sections/{section}/done"; params: { patientId: string; episodeId: string; section: string }; answer: EpisodeView };
  /** Begin care, hold it, go on, or call it off */
  moveEpisode: { method: "POST"; path: "/v1/patients/{patientId}/episodes/{episodeId}/status"; params: { patientId: string; episodeId: string }; body: MoveEpisodeInputBody; answer: EpisodeView };
  /** List what your family and friends proposed and you have not answered, the newest first */
  listGoalProposals: { method: "GET"; path: "/v1/patients/{patientId}/goal-proposals"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListGoalProposal };
  /** Make a goal of your own of it, or leave it */
  answerGoalProposal: { method: "POST"; path: "/v1/patients/{patientId}/goal-proposals/{proposalId}/answer"; params: { patientId: string; proposalId: string }; body: AnswerProposalInputBody; answer: GoalProposal };
  /** List goals, newest first */
  listGoals: { method: "GET"; path: "/v1/patients/{patientId}/goals"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListGoalList };
  /** Propose a goal; the patient's own is accepted at once */
  proposeGoal: { method: "POST"; path: "/v1/patients/{patientId}/goals"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: ProposeGoalInputBody; answer: GoalView };
  /** Read a goal */
  readGoal: { method: "GET"; path: "/v1/patients/{patientId}/goals/{goalId}"; params: { patientId: string; goalId: string }; headers: { "If-None-Match"?: string }; answer: GoalView };
  /** Replace what a goal says */
  editGoal: { method: "PUT"; path: "/v1/patients/{patientId}/goals/{goalId}"; params: { patientId: string; goalId: string }; headers: { "If-Match": string }; body: GoalTerms; answer: GoalView };
  /** Say how far a goal has come */
  achieveGoal: { method: "PUT"; path: "/v1/patients/{patientId}/goals/{goalId}/achievement"; params: { patientId: string; goalId: string }; headers: { "If-Match": string }; body: AchieveGoalInputBody; answer: GoalView };
  /** Who changed what, newest first */
  readGoalHistory: { method: "GET"; path: "/v1/patients/{patientId}/goals/{goalId}/history"; params: { patientId: string; goalId: string }; query: { limit?: number; cursor?: string }; answer: ListGoalChange };
  /** Add a step to a goal */
  addMilestone: { method: "POST"; path: "/v1/patients/{patientId}/goals/{goalId}/milestones"; params: { patientId: string; goalId: string }; headers: { "If-Match": string; "Idempotency-Key"?: string }; body: AddMilestoneInputBody; answer: GoalView };
  /** Change a step, or mark it done */
  editMilestone: { method: "PUT"; path: "/v1/patients/{patientId}/goals/{goalId}/milestones/{milestoneId}"; params: { patientId: string; goalId: string; milestoneId: string }; headers: { "If-Match": string }; body: MilestoneTerms; answer: GoalView };
  /** List notes, newest first */
  listGoalNotes: { method: "GET"; path: "/v1/patients/{patientId}/goals/{goalId}/notes"; params: { patientId: string; goalId: string }; query: { limit?: number; cursor?: string }; answer: ListGoalNote };
  /** Add a note on progress */
  addGoalNote: { method: "POST"; path: "/v1/patients/{patientId}/goals/{goalId}/notes"; params: { patientId: string; goalId: string }; headers: { "Idempotency-Key"?: string }; body: AddNoteInputBody; answer: GoalNote };
  /** Say that a note was entered in error (who wrote it); nobody is shown its words any more */
  strikeGoalNote: { method: "POST"; path: "/v1/patients/{patientId}/goals/{goalId}/notes/{noteId}/strike"; params: { patientId: string; goalId: string; noteId: string }; body: StrikeNoteInputBody; answer: GoalNote };
  /** Move a goal to another state; a yes or a no is the patient's alone */
  moveGoal: { method: "POST"; path: "/v1/patients/{patientId}/goals/{goalId}/transitions"; params: { patientId: string; goalId: string }; headers: { "If-Match": string }; body: MoveGoalInputBody; answer: GoalView };
  /** List who may act for a patient by a document, and who might before */
  listGuardians: { method: "GET"; path: "/v1/patients/{patientId}/guardians"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListGuardian };
  /** Record what a guardian's document lets them do for a patient */
  recordGuardian: { method: "PUT"; path: "/v1/patients/{patientId}/guardians/{accountId}"; params: { patientId: string; accountId: string }; body: RecordInputBody; answer: Guardian };
  /** End what a guardian may do, from the next request on */
  endGuardian: { method: "DELETE"; path: "/v1/patients/{patientId}/guardians/{accountId}"; params: { patientId: string; accountId: string }; answer: void };
  /** List handoffs of a patient, newest first */
  listHandoffs: { method: "GET"; path: "/v1/patients/{patientId}/handoffs"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListHandoffView };
  /** Hand a patient over; until somebody has taken it, you answer for them */
  giveHandoff: { method: "POST"; path: "/v1/patients/{patientId}/handoffs"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: GiveHandoffInputBody; answer: HandoffView };
  /** Read a handoff */
  readHandoff: { method: "GET"; path: "/v1/patients/{patientId}/handoffs/{handoffId}"; params: { patientId: string; handoffId: string }; answer: HandoffView };
  /** Say that you have this patient now; of several at once, one has them */
  acceptHandoff: { method: "POST"; path: "/v1/patients/{patientId}/handoffs/{handoffId}/accept"; params: { patientId: string; handoffId: string }; body: AcceptHandoffInputBody; answer: HandoffView };
  /** Take back a handoff that nobody has taken over (who gave it) */
  cancelHandoff: { method: "POST"; path: "/v1/patients/{patientId}/handoffs/{handoffId}/cancel"; params: { patientId: string; handoffId: string }; body: CancelHandoffInputBody; answer: HandoffView };
  /** List open invitations, the newest first */
  listInvitations: { method: "GET"; path: "/v1/patients/{patientId}/invitations"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListInvitationView };
  /** Invite family or a friend: a code, a link and a QR code, shown here alone */
  inviteSupporter: { method: "POST"; path: "/v1/patients/{patientId}/invitations"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: InviteSupporterInputBody; answer: InvitedSupporter };
  /** Take an open invitation back */
  cancelInvitation: { method: "DELETE"; path: "/v1/patients/{patientId}/invitations/{invitationId}"; params: { patientId: string; invitationId: string }; answer: void };
  /** List what was lent to a patient, the newest first */
  listLentDevices: { method: "GET"; path: "/v1/patients/{patientId}/lent-devices"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListLoan };
  /** Note that the clinic lent a device or a data plan */
  lendDevice: { method: "POST"; path: "/v1/patients/{patientId}/lent-devices"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: LendInputBody; answer: Loan };
  /** Note that it came back, was lost or was wiped; its sessions end at once */
  endLoan: { method: "POST"; path: "/v1/patients/{patientId}/lent-devices/{loanId}/end"; params: { patientId: string; loanId: string }; body: EndInputBody; answer: Loan };
  /** Say which signed-in device it is, so that it forgets its person when it comes back */
  tieLentDevice: { method: "POST"; path: "/v1/patients/{patientId}/lent-devices/{loanId}/sessions"; params: { patientId: string; loanId: string }; body: TieInputBody; answer: Loan };
  /** How the list was gone through, the newest first */
  listMedicineReconciliations: { method: "GET"; path: "/v1/patients/{patientId}/medicine-reconciliations"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListMedicineReconciliation };
  /** Say that you went through the list, and what is different */
  reconcileMedicines: { method: "POST"; path: "/v1/patients/{patientId}/medicine-reconciliations"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewReconciliation; answer: MedicineReconciliation };
  /** What is seen of how medicines are supplied: fetched early, lost, from two places */
  readMedicineSupply: { method: "GET"; path: "/v1/patients/{patientId}/medicine-supply"; params: { patientId: string }; answer: MedicineSupplyView };
  /** Write down what was fetched or lost, or what the patient says of it */
  noteMedicineSupply: { method: "POST"; path: "/v1/patients/{patientId}/medicine-supply"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewSupply; answer: MedicineSupplyEntry };
  /** When the patient wants to be reminded of medicines */
  readMedicineTimes: { method: "GET"; path: "/v1/patients/{patientId}/medicine-times"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: Medicines };
  /** Say when you want to be reminded of medicines; no name and no amount is kept */
  setMedicineTimes: { method: "PUT"; path: "/v1/patients/{patientId}/medicine-times"; params: { patientId: string }; headers: { "If-Match": string }; body: Medicines; answer: Medicines };
  /** The list of medicines, with reactions, and for people of the clinic what the rules say of it */
  listMedicines: { method: "GET"; path: "/v1/patients/{patientId}/medicines"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: MedicineList };
  /** Order a medicine, or write down what comes from elsewhere */
  addMedicine: { method: "POST"; path: "/v1/patients/{patientId}/medicines"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewMedicine; answer: MedicineLine };
  /** What an order would meet; nothing is written of it */
  checkMedicine: { method: "POST"; path: "/v1/patients/{patientId}/medicines/check"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewMedicine; answer: MedicineChecked };
  /** Write down a result or another fact that rules ask for */
  tellMedicineFact: { method: "POST"; path: "/v1/patients/{patientId}/medicines/facts"; params: { patientId: string }; body: MedicineFact; answer: MedicineFact };
  /** A line of the list */
  readMedicine: { method: "GET"; path: "/v1/patients/{patientId}/medicines/{medicineId}"; params: { patientId: string; medicineId: string }; headers: { "If-None-Match"?: string }; answer: MedicineLine };
  /** Write down the last dose of a depot */
  giveMedicine: { method: "POST"; path: "/v1/patients/{patientId}/medicines/{medicineId}/given"; params: { patientId: string; medicineId: string }; body: GiveMedicineInputBody; answer: MedicineLine };
  /** Say that an order goes on as it is; no rule asks */
  renewMedicine: { method: "POST"; path: "/v1/patients/{patientId}/medicines/{medicineId}/renew"; params: { patientId: string; medicineId: string }; answer: MedicineLine };
  /** Say that it was stopped, when and why */
  stopMedicine: { method: "POST"; path: "/v1/patients/{patientId}/medicines/{medicineId}/stop"; params: { patientId: string; medicineId: string }; body: StopMedicineInputBody; answer: MedicineLine };
  /** How it is taken and what for, in the patient's words */
  setMedicineWords: { method: "PUT"; path: "/v1/patients/{patientId}/medicines/{medicineId}/words"; params: { patientId: string; medicineId: string }; headers: { "If-Match": string }; body: MedicineWordsInputBody; answer: MedicineLine };
  /** Meetings about a patient, the last called first */
  listMeetings: { method: "GET"; path: "/v1/patients/{patientId}/meetings"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListMeetingHead };
  /** A meeting about one patient: what those say who can't come, and what there is to talk about (team) */
  readMeeting: { method: "GET"; path: "/v1/patients/{patientId}/meetings/{meetingId}"; params: { patientId: string; meetingId: string }; answer: MeetingPage };
  /** Write down a decision: who does it by when, as a task (who is in the meeting) */
  decideInMeeting: { method: "POST"; path: "/v1/patients/{patientId}/meetings/{meetingId}/decisions"; params: { patientId: string; meetingId: string }; headers: { "Idempotency-Key"?: string }; body: DecideInputBody; answer: MeetingView };
  /** Add to what is talked about (team) */
  addMeetingPoint: { method: "POST"; path: "/v1/patients/{patientId}/meetings/{meetingId}/points"; params: { patientId: string; meetingId: string }; headers: { "Idempotency-Key"?: string }; body: VoiceInputBody; answer: MeetingView };
  /** What the patient was told of a meeting, in plain words */
  readMeetingSummary: { method: "GET"; path: "/v1/patients/{patientId}/meetings/{meetingId}/summary"; params: { patientId: string; meetingId: string }; query: { language?: string }; answer: MeetingSummary };
  /** Show the patient what was decided, in the words for them */
  tellMeeting: { method: "POST"; path: "/v1/patients/{patientId}/meetings/{meetingId}/tell"; params: { patientId: string; meetingId: string }; body: TellMeetingInputBody; answer: MeetingView };
  /** Say something in writing before a meeting, also when you can't come (team) */
  sayInMeeting: { method: "POST"; path: "/v1/patients/{patientId}/meetings/{meetingId}/voices"; params: { patientId: string; meetingId: string }; headers: { "Idempotency-Key"?: string }; body: VoiceInputBody; answer: MeetingView };
  /** Plan, team, tasks, alerts and trend of a patient in one request */
  readPatientPage: { method: "GET"; path: "/v1/patients/{patientId}/page"; params: { patientId: string }; answer: PatientPage };
  /** Ask a peer: the patient */
  askPeer: { method: "POST"; path: "/v1/patients/{patientId}/peer-matches"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: PeerAsk; answer: PeerMatch };
  /** End it, without a reason: the patient */
  endPeer: { method: "POST"; path: "/v1/patients/{patientId}/peer-matches/{matchId}/end"; params: { patientId: string; matchId: string }; answer: PeerMatch };
  /** What a patient wants of a peer, who fits, and whom they asked: the patient */
  readPeers: { method: "GET"; path: "/v1/patients/{patientId}/peers"; params: { patientId: string }; answer: PeerPage };
  /** Say what you want of a peer: the patient */
  setPeerWish: { method: "PUT"; path: "/v1/patients/{patientId}/peers"; params: { patientId: string }; body: PeerWish; answer: PeerPage };
  /** Family and friends who may see when visits are, and can be invited */
  listPossibleGuests: { method: "GET"; path: "/v1/patients/{patientId}/possible-guests"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListPossibleGuest };
  /** What the prescribers agree on, the newest first */
  listPrescribingAgreements: { method: "GET"; path: "/v1/patients/{patientId}/prescribing-agreements"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListAgreementView };
  /** Propose an agreement; the other prescribers are asked to sign */
  proposePrescribingAgreement: { method: "POST"; path: "/v1/patients/{patientId}/prescribing-agreements"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewAgreement; answer: AgreementView };
  /** An agreement */
  readPrescribingAgreement: { method: "GET"; path: "/v1/patients/{patientId}/prescribing-agreements/{agreementId}"; params: { patientId: string; agreementId: string }; headers: { "If-None-Match"?: string }; answer: AgreementView };
  /** Change what is proposed; everybody else signs anew */
  changePrescribingAgreement: { method: "PUT"; path: "/v1/patients/{patientId}/prescribing-agreements/{agreementId}"; params: { patientId: string; agreementId: string }; headers: { "If-Match": string }; body: AgreementTerms; answer: AgreementView };
  /** Sign it, put it in force, look at it again, or end it */
  actOnPrescribingAgreement: { method: "POST"; path: "/v1/patients/{patientId}/prescribing-agreements/{agreementId}/acts"; params: { patientId: string; agreementId: string }; body: ActAgreementInputBody; answer: AgreementView };
  /** Say that an early sign is there; who looks after it gets a task */
  noticePrescribingSign: { method: "POST"; path: "/v1/patients/{patientId}/prescribing-agreements/{agreementId}/signs/{signId}/noticed"; params: { patientId: string; agreementId: string; signId: string }; headers: { "Idempotency-Key"?: string }; body: NoticeSignInputBody; answer: AgreementNoticed };
  /** Say what came of a duty, or why it is left out this time */
  recordPrescribingDuty: { method: "POST"; path: "/v1/patients/{patientId}/prescribing-duties/{dutyId}/results"; params: { patientId: string; dutyId: string }; body: DutyResultInputBody; answer: AgreementDuty };
  /** Which programme the patient is in (people who work at the clinic) */
  readPatientProgramme: { method: "GET"; path: "/v1/patients/{patientId}/programme"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: AlertInProgramme };
  /** Put the patient into a programme (who arranges teams) */
  setPatientProgramme: { method: "PUT"; path: "/v1/patients/{patientId}/programme"; params: { patientId: string }; headers: { "If-Match": string }; body: AlertInProgramme; answer: AlertInProgramme };
  /** Whether reminders reached the patient, oldest first */
  listReached: { method: "GET"; path: "/v1/patients/{patientId}/reached"; params: { patientId: string }; query: { from: string; to: string; limit?: number; cursor?: string }; answer: ListContacted };
  /** Write down an allergy or another bad reaction */
  addReaction: { method: "POST"; path: "/v1/patients/{patientId}/reactions"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewReaction; answer: MedicineAdverse };
  /** A reaction */
  readReaction: { method: "GET"; path: "/v1/patients/{patientId}/reactions/{reactionId}"; params: { patientId: string; reactionId: string }; headers: { "If-None-Match"?: string }; answer: MedicineAdverse };
  /** Say anew how sure a reaction is, how bad it was, and what happened */
  setReaction: { method: "PUT"; path: "/v1/patients/{patientId}/reactions/{reactionId}"; params: { patientId: string; reactionId: string }; headers: { "If-Match": string }; body: MedicineAdverseTerms; answer: MedicineAdverse };
  /** List the referrals of a patient, the newest first */
  listReferrals: { method: "GET"; path: "/v1/patients/{patientId}/referrals"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListReferralView };
  /** Write a referral down for the patient to sign */
  makeReferral: { method: "POST"; path: "/v1/patients/{patientId}/referrals"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewReferral; answer: ReferralView };
  /** Read a referral */
  readReferral: { method: "GET"; path: "/v1/patients/{patientId}/referrals/{referralId}"; params: { patientId: string; referralId: string }; answer: ReferralView };
  /** Call it off; the partner sees it no more */
  cancelReferral: { method: "POST"; path: "/v1/patients/{patientId}/referrals/{referralId}/cancel"; params: { patientId: string; referralId: string }; body: CancelReferralInputBody; answer: ReferralView };
  /** Sign that it goes out to this partner: the patient */
  signReferral: { method: "POST"; path: "/v1/patients/{patientId}/referrals/{referralId}/sign"; params: { patientId: string; referralId: string }; body: ReferralSigning; answer: ReferralView };
  /** Say in your own words what came of it: the patient */
  tellReferral: { method: "POST"; path: "/v1/patients/{patientId}/referrals/{referralId}/told"; params: { patientId: string; referralId: string }; body: TellReferralInputBody; answer: ReferralView };
  /** Requests for more of a medicine, the newest first */
  listRefills: { method: "GET"; path: "/v1/patients/{patientId}/refills"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListMedicineRefill };
  /** Ask for more of a medicine */
  askRefill: { method: "POST"; path: "/v1/patients/{patientId}/refills"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewRefill; answer: MedicineRefill };
  /** Say what came of a request: a prescriber or a pharmacist */
  answerRefill: { method: "POST"; path: "/v1/patients/{patientId}/refills/{refillId}/answer"; params: { patientId: string; refillId: string }; body: AnswerRefillInputBody; answer: MedicineRefill };
  /** Add a supporter's account to the patient's circle */
  addRelatedPerson: { method: "PUT"; path: "/v1/patients/{patientId}/related-people/{accountId}"; params: { patientId: string; accountId: string }; body: RelatedInputBody; answer: RelatedPerson };
  /** Whether a chart is closed to people of the clinic, and who may read it */
  readRestriction: { method: "GET"; path: "/v1/patients/{patientId}/restriction"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: RestrictionView };
  /** Close a chart to everybody of the clinic but some of its care team (the patient, a privacy officer) */
  restrictChart: { method: "PUT"; path: "/v1/patients/{patientId}/restriction"; params: { patientId: string }; headers: { "If-Match": string }; body: RestrictInputBody; answer: RestrictionView };
  /** Open a chart again to its care team and the office (the patient, a privacy officer) */
  unrestrictChart: { method: "POST"; path: "/v1/patients/{patientId}/restriction/end"; params: { patientId: string }; headers: { "If-Match": string }; answer: RestrictionView };
  /** The trend of one question over days, with its gaps */
  readSeries: { method: "GET"; path: "/v1/patients/{patientId}/series"; params: { patientId: string }; query: { measure: string; from: string; to: string }; answer: Series };
  /** What a consent form can offer */
  readSharingChoices: { method: "GET"; path: "/v1/patients/{patientId}/sharing-choices"; params: { patientId: string }; answer: SharingChoices };
  /** What somebody would see: the same answers that they would get */
  previewSharing: { method: "POST"; path: "/v1/patients/{patientId}/sharing-preview"; params: { patientId: string }; body: PreviewSharingInputBody; answer: SharingPreview };
  /** Which effects are offered for each medicine; the last one is for who does not know which it is */
  listSideEffectChoices: { method: "GET"; path: "/v1/patients/{patientId}/side-effect-choices"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListSideEffectChoice };
  /** Side effects that were told, the newest first */
  listSideEffects: { method: "GET"; path: "/v1/patients/{patientId}/side-effects"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListSideEffectReport };
  /** Tell of a side effect; a named person gets it as a task, and a serious one raises an alert */
  tellSideEffect: { method: "POST"; path: "/v1/patients/{patientId}/side-effects"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewSideEffect; answer: SideEffectReport };
  /** A side effect that was told */
  readSideEffect: { method: "GET"; path: "/v1/patients/{patientId}/side-effects/{sideEffectId}"; params: { patientId: string; sideEffectId: string }; headers: { "If-None-Match"?: string }; answer: SideEffectReport };
  /** Say what you make of it; its task ends, and the patient is told */
  answerSideEffect: { method: "POST"; path: "/v1/patients/{patientId}/side-effects/{sideEffectId}/answer"; params: { patientId: string; sideEffectId: string }; body: AnswerSideEffectInputBody; answer: SideEffectReport };
  /** A report for the pharmacovigilance authority, by the fields of ICH E2B(R3) */
  exportSideEffect: { method: "GET"; path: "/v1/patients/{patientId}/side-effects/{sideEffectId}/for-authority"; params: { patientId: string; sideEffectId: string }; answer: SideEffectForAuthority };
  /** What a patient needs beside care */
  readSocialNeeds: { method: "GET"; path: "/v1/patients/{patientId}/social-needs"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: ReferralSocialNeeds };
  /** Say it: the patient, or their team with them */
  setSocialNeeds: { method: "PUT"; path: "/v1/patients/{patientId}/social-needs"; params: { patientId: string }; headers: { "If-Match": string }; body: SetSocialNeedsInputBody; answer: ReferralSocialNeeds };
  /** How each programme with criteria fits a patient, in reasons */
  listSuitingProgrammes: { method: "GET"; path: "/v1/patients/{patientId}/suiting-programmes"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListEpisodeSuits };
  /** Who is in your circle, what you agreed to and what each of them may see */
  listSupporters: { method: "GET"; path: "/v1/patients/{patientId}/supporters"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListSupporterView };
  /** Take somebody out of your circle; all that they see ends now, and they are not told */
  removeSupporter: { method: "DELETE"; path: "/v1/patients/{patientId}/supporters/{accountId}"; params: { patientId: string; accountId: string }; answer: void };
  /** Write what you and somebody agree to; it holds when they say yes */
  proposeAgreement: { method: "PUT"; path: "/v1/patients/{patientId}/supporters/{accountId}/agreement"; params: { patientId: string; accountId: string }; body: AgreementWords; answer: Agreement };
  /** Say yes to what the other wrote */
  acceptAgreement: { method: "POST"; path: "/v1/patients/{patientId}/supporters/{accountId}/agreement/yes"; params: { patientId: string; accountId: string }; body: AgreementYes; answer: Agreement };
  /** Give somebody of your circle a page to read; whether they do is theirs */
  givePage: { method: "POST"; path: "/v1/patients/{patientId}/supporters/{accountId}/pages"; params: { patientId: string; accountId: string }; headers: { "Idempotency-Key"?: string }; body: GivePageInputBody; answer: PageFor };
  /** Take a page off somebody's list; they are told nothing */
  takePageBack: { method: "DELETE"; path: "/v1/patients/{patientId}/supporters/{accountId}/pages/{pageId}"; params: { patientId: string; accountId: string; pageId: string }; answer: void };
  /** The tablets of these days, as prescribers wrote them, for the phone to show and keep */
  readTablets: { method: "GET"; path: "/v1/patients/{patientId}/tablets"; params: { patientId: string }; answer: MedicineTablets };
  /** What became of the doses: taken, skipped, not asked and no data are kept apart */
  readTaking: { method: "GET"; path: "/v1/patients/{patientId}/taking"; params: { patientId: string }; query: { from: string; days?: number }; answer: TakingOfLines };
  /** Say what became of one dose; the same again changes nothing */
  tellTaking: { method: "POST"; path: "/v1/patients/{patientId}/taking"; params: { patientId: string }; body: TellInputBody; answer: MedicineTaking };
  /** Plans of steps, the newest first */
  listTapers: { method: "GET"; path: "/v1/patients/{patientId}/tapers"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListTaperPlan };
  /** Draft a plan of steps */
  addTaper: { method: "POST"; path: "/v1/patients/{patientId}/tapers"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: NewPlan; answer: TaperPlan };
  /** What a plan would be: its tablets and what the guard on its pace finds; nothing is written */
  previewTaper: { method: "POST"; path: "/v1/patients/{patientId}/tapers/preview"; params: { patientId: string }; body: NewPlan; answer: TaperPlan };
  /** A plan of steps */
  readTaper: { method: "GET"; path: "/v1/patients/{patientId}/tapers/{taperId}"; params: { patientId: string; taperId: string }; headers: { "If-None-Match"?: string }; answer: TaperPlan };
  /** Write a draft anew; signatures and the patient's wish were about another plan */
  setTaper: { method: "PUT"; path: "/v1/patients/{patientId}/tapers/{taperId}"; params: { patientId: string; taperId: string }; headers: { "If-Match": string }; body: TaperTerms; answer: TaperPlan };
  /** Pause a plan, go one step back, go on, hold or stop it */
  actOnTaper: { method: "POST"; path: "/v1/patients/{patientId}/tapers/{taperId}/act"; params: { patientId: string; taperId: string }; headers: { "If-Match": string }; body: ActInputBody; answer: TaperPlan };
  /** Sign a plan, as a prescriber */
  signTaper: { method: "POST"; path: "/v1/patients/{patientId}/tapers/{taperId}/sign"; params: { patientId: string; taperId: string }; headers: { "If-Match": string }; answer: TaperPlan };
  /** The patient's own word to a taper of a medicine for opioid use disorder; they can take it back */
  wishTaper: { method: "PUT"; path: "/v1/patients/{patientId}/tapers/{taperId}/wish"; params: { patientId: string; taperId: string }; headers: { "If-Match": string }; body: WishInputBody; answer: TaperPlan };
  /** When and how the patient would rather have visits */
  readVisitPreference: { method: "GET"; path: "/v1/patients/{patientId}/visit-preference"; params: { patientId: string }; headers: { "If-None-Match"?: string }; answer: VisitPreference };
  /** Say when and how; GET /v1/slots?suiting=true keeps to it */
  setVisitPreference: { method: "PUT"; path: "/v1/patients/{patientId}/visit-preference"; params: { patientId: string }; headers: { "If-Match": string }; body: VisitPreference; answer: VisitPreference };
  /** What the patient waits for, and the times that are kept for them */
  listWaitlist: { method: "GET"; path: "/v1/patients/{patientId}/waitlist"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListWaitView };
  /** Wait for an earlier time, or for any; who is first in line is offered what comes free */
  joinWaitlist: { method: "POST"; path: "/v1/patients/{patientId}/waitlist"; params: { patientId: string }; headers: { "Idempotency-Key"?: string }; body: JoinWaitlistInputBody; answer: WaitView };
  /** Wait no more */
  leaveWaitlist: { method: "DELETE"; path: "/v1/patients/{patientId}/waitlist/{waitId}"; params: { patientId: string; waitId: string }; answer: void };
  /** Take the time that is kept: the visit moves there, or is booked */
  acceptOffer: { method: "POST"; path: "/v1/patients/{patientId}/waitlist/{waitId}/accept"; params: { patientId: string; waitId: string }; answer: VisitView };
  /** Pass the time on to the next in line; the place in it stays */
  declineOffer: { method: "POST"; path: "/v1/patients/{patientId}/waitlist/{waitId}/decline"; params: { patientId: string; waitId: string }; answer: WaitView };
  /** Worries of supporters about a patient, the newest first (clinicians of the team) */
  listWorries: { method: "GET"; path: "/v1/patients/{patientId}/worries"; params: { patientId: string }; query: { limit?: number; cursor?: string }; answer: ListWorry };
  /** The programmes that patients are in, and who is asked about each; the clinic's own first */
  listProgrammes: { method: "GET"; path: "/v1/programmes"; query: { limit?: number; cursor?: string; ended?: boolean }; answer: ListProgrammeList };
  /** Make a programme with its own order of who is asked (office) */
  makeProgramme: { method: "POST"; path: "/v1/programmes"; headers: { "Idempotency-Key"?: string }; body: MakeProgrammeInputBody; answer: AlertProgramme };
  /** Replace who is asked in a programme (office) */
  editProgramme: { method: "PUT"; path: "/v1/programmes/{programmeId}"; params: { programmeId: string }; headers: { "If-Match": string }; body: AlertPolicy; answer: AlertProgramme };
  /** Let a programme's own hours and order hold, once they are tried; until then its patients follow the clinic's (office) */
  beginProgramme: { method: "POST"; path: "/v1/programmes/{programmeId}/begin"; params: { programmeId: string }; headers: { "If-Match": string }; answer: AlertProgramme };
  /** What a programme is for (staff) */
  readProgrammeCriteria: { method: "GET"; path: "/v1/programmes/{programmeId}/criteria"; params: { programmeId: string }; headers: { "If-None-Match"?: string }; answer: EpisodeCriteria };
  /** Say what a programme is for (coordinators and administrators) */
  setProgrammeCriteria: { method: "PUT"; path: "/v1/programmes/{programmeId}/criteria"; params: { programmeId: string }; headers: { "If-Match": string }; body: ProgrammeCriteria; answer: EpisodeCriteria };
  /** Take a programme out of use; its patients follow the clinic's own (office) */
  endProgramme: { method: "POST"; path: "/v1/programmes/{programmeId}/end"; params: { programmeId: string }; headers: { "If-Match": string }; answer: AlertProgramme };
  /** The key that a page subscribes to Web Push with */
  readPushKey: { method: "GET"; path: "/v1/push-key"; answer: PushKey };
  /** The known questions */
  listQuestions: { method: "GET"; path: "/v1/questions"; query: { limit?: number; cursor?: string }; headers: { "Accept-Language"?: string }; answer: ListQuestionView };
  /** Interpreters, rooms and the like */
  listResources: { method: "GET"; path: "/v1/resources"; query: { limit?: number; cursor?: string }; answer: ListResourceList };
  /** Make (If-Match: "1") or replace an interpreter, a room or the like */
  setResource: { method: "PUT"; path: "/v1/resources/{resourceId}"; params: { resourceId: string }; headers: { "If-Match": string }; body: SetResourceInputBody; answer: Resource };
  /** Charts that are closed to people of the clinic, the newest first (privacy officer) */
  listRestrictedCharts: { method: "GET"; path: "/v1/restricted-charts"; query: { limit?: number; cursor?: string }; answer: ListRestrictedChart };
  /** Patients who may work here, or whose family may, and whose chart was never closed (privacy officer) */
  listRestrictionHints: { method: "GET"; path: "/v1/restricted-charts/hints"; query: { limit?: number; cursor?: string }; answer: ListRestrictionHint };
  /** List the rotas (people who work at the clinic) */
  listRotas: { method: "GET"; path: "/v1/rotas"; query: { limit?: number; cursor?: string; ended?: boolean }; answer: ListRotaList };
  /** Make a rota (office) */
  createRota: { method: "POST"; path: "/v1/rotas"; headers: { "Idempotency-Key"?: string }; body: CreateRotaInputBody; answer: DutyView };
  /** Read a rota */
  readRota: { method: "GET"; path: "/v1/rotas/{rotaId}"; params: { rotaId: string }; headers: { "If-None-Match"?: string }; answer: DutyView };
  /** Replace what a rota says; its swaps stay (office) */
  editRota: { method: "PUT"; path: "/v1/rotas/{rotaId}"; params: { rotaId: string }; headers: { "If-Match": string }; body: DutyTerms; answer: DutyView };
  /** A rota as it falls, day by day */
  readRotaDays: { method: "GET"; path: "/v1/rotas/{rotaId}/days"; params: { rotaId: string }; query: { limit?: number; cursor?: string; from?: string; days?: number }; answer: ListDutyStretch };
  /** Take a rota out of use (office) */
  endRota: { method: "POST"; path: "/v1/rotas/{rotaId}/end"; params: { rotaId: string }; headers: { "If-Match": string }; answer: DutyView };
  /** Ask somebody to take your duty; it holds once they accept */
  proposeSwap: { method: "POST"; path: "/v1/rotas/{rotaId}/swaps"; params: { rotaId: string }; headers: { "Idempotency-Key"?: string }; body: ProposeSwapInputBody; answer: DutyView };
  /** Accept or decline a duty that you were asked to take */
  answerSwap: { method: "POST"; path: "/v1/rotas/{rotaId}/swaps/{swapId}/answer"; params: { rotaId: string; swapId: string }; body: AnswerSwapInputBody; answer: DutyView };
  /** The clinic, and who reads what you send and when */
  readSite: { method: "GET"; path: "/v1/site"; answer: SiteAnswer };
  /** The clinic's sites and when they are shut */
  readSiteCalendar: { method: "GET"; path: "/v1/site-calendar"; headers: { "If-None-Match"?: string }; answer: SiteCalendar };
  /** Replace the clinic's sites and closures */
  setSiteCalendar: { method: "PUT"; path: "/v1/site-calendar"; headers: { "If-Match": string }; body: SiteCalendar; answer: SiteCalendar };
  /** Read the clinic's agreement with Firebase */
  readFirebaseAgreement: { method: "GET"; path: "/v1/site/firebase-agreement"; answer: FirebaseAgreement };
  /** Record the clinic's agreement with Firebase and the neutral name of the SMS */
  agreeToFirebase: { method: "PUT"; path: "/v1/site/firebase-agreement"; body: AgreementInputBody; answer: void };
  /** Times that fit everyone: people whom the patient knows first, then the soonest */
  findSlots: { method: "GET"; path: "/v1/slots"; query: { patientId: string; visitType: string; modality: "video" | "phone" | "in-person" | "home-visit" | "asynchronous"; site?: string; travelMinutes?: number; role: Array<string>; from: string; to: string; zone?: string; suiting?: boolean; instead?: string; limit?: number; cursor?: string }; answer: ListSlot };
  /** The SMS gateway hands on what came back: STOP, START, HELP */
  hearSMS: { method: "POST"; path: "/v1/sms/inbound"; headers: { "webhook-id"?: string; "webhook-timestamp"?: string; "webhook-signature"?: string }; body: HeardInputBody; answer: TextBack };
  /** The SMS gateway hands on the carrier's delivery report of a text */
  reportSMS: { method: "POST"; path: "/v1/sms/reports"; headers: { "webhook-id"?: string; "webhook-timestamp"?: string; "webhook-signature"?: string }; body: SmsReportInputBody; answer: void };
  /** All that changed for this device since a token */
  sync: { method: "GET"; path: "/v1/sync"; query: { since?: string; only?: "crisis-plan"; patientId?: string }; answer: SyncAnswer };
  /** List tasks, what is due first in front */
  listTasks: { method: "GET"; path: "/v1/tasks"; query: { list?: "mine" | "asked" | "pool" | "made" | "had"; patient?: string; pool?: "care-team" | "clinicians" | "coordinators" | "administrators"; limit?: number; cursor?: string }; answer: ListTaskView };
  /** Make a task: for you, for somebody who is asked, or for a group */
  makeTask: { method: "POST"; path: "/v1/tasks"; headers: { "Idempotency-Key"?: string }; body: NewTask; answer: TaskView };
  /** Read a task */
  readTask: { method: "GET"; path: "/v1/tasks/{taskId}"; params: { taskId: string }; headers: { "If-None-Match"?: string }; answer: TaskView };
  /** Say that you do it; from now on you answer for it */
  acceptTask: { method: "POST"; path: "/v1/tasks/{taskId}/accept"; params: { taskId: string }; answer: TaskView };
  /** Take it out of its group; of several who claim, one has it */
  claimTask: { method: "POST"; path: "/v1/tasks/{taskId}/claim"; params: { taskId: string }; answer: TaskView };
  /** Ask somebody else, or a group, to take it */
  handOverTask: { method: "POST"; path: "/v1/tasks/{taskId}/hand-over"; params: { taskId: string }; body: TaskHandOverInputBody; answer: TaskView };
  /** Say that you have begun, that it is done, or call it off */
  recordTask: { method: "POST"; path: "/v1/tasks/{taskId}/outcome"; params: { taskId: string }; body: TaskOutcomeInputBody; answer: TaskView };
  /** Say that you can't; it stays with whom it was */
  rejectTask: { method: "POST"; path: "/v1/tasks/{taskId}/reject"; params: { taskId: string }; body: TaskRejectInputBody; answer: TaskView };
  /** Conversations about a patient that you take part in, the newest first */
  listThreads: { method: "GET"; path: "/v1/threads"; query: { patientId?: string; limit?: number; cursor?: string }; headers: { "If-None-Match"?: string }; answer: ListThreadView };
  /** Begin a conversation with its first message */
  beginThread: { method: "POST"; path: "/v1/threads"; headers: { "Idempotency-Key"?: string }; body: OpeningInputBody; answer: ThreadSent };
  /** Read who takes part in a conversation and how far each has read */
  readThread: { method: "GET"; path: "/v1/threads/{threadId}"; params: { threadId: string }; headers: { "If-None-Match"?: string }; answer: ThreadView };
  /** Close a conversation; a new message opens it again (team) */
  closeThread: { method: "POST"; path: "/v1/threads/{threadId}/close"; params: { threadId: string }; answer: ThreadView };
  /** List the messages of a conversation, the newest first */
  listMessages: { method: "GET"; path: "/v1/threads/{threadId}/messages"; params: { threadId: string }; query: { limit?: number; cursor?: string }; answer: ListMessage };
  /** Write in a conversation */
  sendMessage: { method: "POST"; path: "/v1/threads/{threadId}/messages"; params: { threadId: string }; headers: { "Idempotency-Key"?: string }; body: SendInputBody; answer: ThreadSent };
  /** Say how far you have read; the others see it */
  markThreadRead: { method: "POST"; path: "/v1/threads/{threadId}/read"; params: { threadId: string }; body: ReadInputBody; answer: void };
  /** Open a closed conversation again (team) */
  reopenThread: { method: "POST"; path: "/v1/threads/{threadId}/reopen"; params: { threadId: string }; answer: ThreadView };
  /** Say that no answer is needed (team) */
  settleThread: { method: "POST"; path: "/v1/threads/{threadId}/settle"; params: { threadId: string }; answer: ThreadView };
  /** No e-mail any more, with one click (RFC 8058) */
  unsubscribe: { method: "POST"; path: "/v1/unsubscribe/{token}"; params: { token: string }; answer: void };
  /** The kinds of visits that you can book */
  listVisitTypes: { method: "GET"; path: "/v1/visit-types"; query: { limit?: number; cursor?: string }; answer: ListVisitTypeList };
  /** Make (If-Match: "1") or replace a kind of visit */
  setVisitType: { method: "PUT"; path: "/v1/visit-types/{visitTypeId}"; params: { visitTypeId: string }; headers: { "If-Match": string }; body: SetVisitTypeInputBody; answer: VisitType };
  /** Alerts, tasks and check-ins that wait for you, the most urgent first */
  readWorklist: { method: "GET"; path: "/v1/worklist"; query: { limit?: number; cursor?: string; wait?: number }; headers: { "If-None-Match"?: string }; answer: Worklist };
  /** Tell the team of a worry (family and friends) */
  sendWorry: { method: "POST"; path: "/v1/worries"; headers: { "Idempotency-Key"?: string }; body: WorryInputBody; answer: WorrySent };
  /** Take a worry out of the team's lists (clinicians of the team) */
  markWorryRead: { method: "POST"; path: "/v1/worries/{worryId}/read"; params: { worryId: string }; answer: void };
}

export interface Absence {
  end: string;
  start: string;
}

export interface AcceptHandoffInputBody {
  /** What you heard and what you do first, in your own words; needed where needsReadBack is true. */
  readBack?: string;
}

export interface AcceptedPasskeys {
  /** base64url */
  allAcceptedCredentialIds: Array<string>;
  rpId: string;
  /** base64url */
  userId: string;
}

export interface AccessEntry {
  at: string;
  consentId?: string;
  /** Of a try that was refused more than once that day: how often. */
  count?: number;
  /** Of the same: when last. */
  lastAt?: string;
  outcome: string;
  role: string;
  section?: string;
  what: string;
  who: string;
  why: string;
}

export interface Account {
  country: string;
  createdAt: string;
  discipline?: string;
  id: string;
  language: string;
  name: string;
  partnerId?: string;
  patientId?: string;
  privacyOfficer?: boolean;
  role: string;
  status: string;
  zone: string;
}

export interface AchieveGoalInputBody {
  achievementStatus: "" | "in-progress" | "improving" | "worsening" | "no-change" | "achieved" | "sustaining" | "not-achieved" | "no-progress" | "not-attainable";
}

export interface ActAgreementInputBody {
  /** sign: you agree. begin: it is put in force, and its duties begin. review: it is looked at, and holds meanwhile. stand: after that, it goes on as it is. end: it holds no longer. */
  act: "sign" | "begin" | "review" | "stand" | "end";
  /** Why; an end needs it. */
  note?: string;
}

export interface ActInputBody {
  /** step-back: one step back, and a pause there, in one act. hold and stop: no doses, at once. */
  do: "pause" | "step-back" | "resume" | "hold" | "stop";
  /** The first day for which it holds. Left out for hold and stop: today, where the patient is. */
  on?: string;
  /** Of hold and stop. */
  reason?: "rash" | "sedation" | "long-qt" | "other";
  /** In plain words: the patient reads it. */
  why: string;
}

export interface AddCommentInputBody {
  about: CommentAbout;
  /** Made by the client. */
  id?: string;
  text: string;
}

export interface AddGuidelineInputBody {
  /** Codes of the catalogue of care plans. */
  advises?: Array<string>;
  /** Names of ingredients (RxNorm). */
  advisesMedicines?: Array<string>;
  /** Codes of the catalogue that it advises against. */
  against?: Array<string>;
  /** Names of ingredients that it advises against. */
  againstMedicines?: Array<string>;
  /** Points that are the opposite of points of others; declared at one of the two. */
  contrary?: Array<Contrary>;
  edition: string;
  /** Made by the client. */
  id?: string;
  /** What it asks for. A care plan that takes it ticks them. */
  points: Array<Point>;
  /** YYYY-MM-DD. By when the clinic asks whether it still holds; within five years. */
  reviewOn: string;
  /** Who publishes it. */
  source: string;
  title: string;
}

export interface AddMilestoneInputBody {
  /** YYYY-MM-DD */
  dueOn?: string;
  /** What shows that it is done. */
  evidence?: string;
  /** Made by the client. */
  id?: string;
  status?: "open" | "done" | "dropped";
  title: string;
}

export interface AddNoteInputBody {
  /** Made by the client. */
  id?: string;
  text: string;
}

export interface AddPartnerInputBody {
  about?: string;
  /** How many referrals it holds at once, 0 to 10,000. 0: it takes nobody now. */
  capacity: number;
  /** Made by the client. */
  id?: string;
  name: string;
  needs: Array<"housing" | "food" | "work" | "legal" | "transport" | "safety" | "company">;
  /** With + and the country's code. */
  phone?: string;
  /** Within how many days it answers, 1 to 60. */
  replyDays: number;
}

export interface AgendaItem {
  patientId: string;
  topic: string;
}

export interface AgendaView {
  patientId: string;
  patientName: string;
  topic: string;
}

export interface AgreedPrescriber {
  accountId: string;
  /** Medicines that this prescriber changes, as they are called; up to 200 characters each. */
  changes?: Array<string>;
}

export interface AgreedSign {
  /** Account that is asked when somebody notices it. */
  owner: string;
  then: string;
  /** In the patient's words. */
  words: string;
}

export interface AgreedWatch {
  everyDays: number;
  /** YYYY-MM-DD. */
  firstOn: string;
  /** Of side effects: which medicine. Left out: any. */
  medicine?: string;
  /** Account. */
  owner: string;
  what: "side-effects" | "ecg-qtc" | "naloxone" | "pregnancy" | "opioid-free-days" | "lithium-level" | "kidney-thyroid" | "anc" | "liver" | "weight";
}

export interface Agreement {
  /** One more whenever the words change. */
  number: number;
  /** When the patient said yes. */
  patientAt?: string;
  /** When the other said yes. The words hold when both have. */
  supporterAt?: string;
  words: Array<string>;
}

export interface AgreementDuty {
  agreementId: string;
  dueAt: string;
  ended?: boolean;
  everyDays: number;
  id: string;
  medicine?: string;
  owner: string;
  ownerName: string;
  patientId: string;
  results: Array<AgreementResult>;
  /** A result of before does not close it. */
  since: string;
  /** Of what is due now. */
  taskId?: string;
  /** A fact of the list of medicines, side-effects, or review: to look at the doses and the agreement. */
  what: string;
}

export interface AgreementInputBody {
  /** The agreement with the provider, as the clinic keeps it: its name or number and day. */
  agreement: string;
  /** What the SMS comes from, as it is set at Firebase. It must not name the app or what it is for. */
  senderName: string;
}

export interface AgreementIntolerable {
  effect: string;
  then: string;
}

export interface AgreementNoticed {
  at: string;
  by: Author;
  id: string;
  signId: string;
}

export interface AgreementPrescriber {
  accountId: string;
  changes: Array<string>;
  name: string;
}

export interface AgreementResult {
  at: string;
  /** Who said it by hand. */
  by?: Author;
  /** The result that closed it. */
  fact?: MedicineFact;
  note?: string;
  /** It was left out this time. */
  passed?: boolean;
}

export interface AgreementSign {
  id: string;
  owner: string;
  ownerName: string;
  then: string;
  words: string;
}

export interface AgreementSignature {
  at: string;
  by: Author;
}

export interface AgreementStep {
  at: string;
  by: Author;
  note?: string;
  to: string;
}

export interface AgreementTerms {
  /** How soon the others look at a change. */
  answerHours: number;
  /** What is tried besides medicine. */
  besides?: Array<string>;
  /** What is done at effects that can't be borne. */
  intolerable?: Array<AgreementIntolerable>;
  /** Two or more; you are one of them. */
  prescribers: Array<AgreedPrescriber>;
  /** When doses are looked at. */
  reviewEveryDays: number;
  /** Account. */
  reviewOwner: string;
  signs?: Array<AgreedSign>;
  watches?: Array<AgreedWatch>;
}

export interface AgreementView {
  answerHours: number;
  at: string;
  besides: Array<string>;
  by: Author;
  changedAt: string;
  duties: Array<AgreementDuty>;
  id: string;
  intolerable: Array<AgreementIntolerable>;
  /** Of one that is read alone: owners who can't answer for it any more. The team has what was theirs. */
  left: Array<string>;
  /** What you may do with it. */
  may: Array<string>;
  noticed: Array<AgreementNoticed>;
  patientId: string;
  prescribers: Array<AgreementPrescriber>;
  /** The agreement that took its place. */
  replacedBy?: string;
  reviewEveryDays: number;
  reviewOwner: string;
  reviewOwnerName: string;
  /** Under these terms. */
  signatures: Array<AgreementSignature>;
  signs: Array<AgreementSign>;
  /** proposed: not all have signed. agreed: all have. in-force: its duties are tasks. under-review: it holds, and is looked at. ended. */
  status: string;
  steps: Array<AgreementStep>;
  version: number;
  watches: Array<AgreementWatch>;
}

export interface AgreementWatch {
  everyDays: number;
  firstOn: string;
  id: string;
  medicine?: string;
  owner: string;
  ownerName: string;
  what: string;
}

export interface AgreementWords {
  /** Of the words that you read; 0: there were none. */
  number: number;
  /** One sentence each. They hold when both have said yes. */
  words: Array<string>;
}

export interface AgreementYes {
  /** Of the words that you read. */
  number: number;
}

export interface Ahead {
  epoch: number;
  items: Array<Item>;
  until: string;
}

export interface AlertContactState {
  /** When it was recorded. Not taken from a body. */
  at?: string;
  /** When they last came out of a hospital or a jail, as it was recorded. Not taken from a body. */
  backAt?: string;
  /** Who recorded it. Not taken from a body. */
  byName?: string;
  /** First local day on which the team no longer follows closely: until then seven silent days are urgent. */
  followUntil?: string;
  /** In each but here no reminder goes out, and nothing counts as missed. */
  state: "here" | "in-hospital" | "in-jail" | "away" | "died";
  /** First local day on which it has ended by itself, YYYY-MM-DD. */
  until?: string;
}

export interface AlertDrill {
  answered: boolean;
  answeredBy?: string;
  ended: boolean;
  id: string;
  /** Whose order was tried; clinic: the clinic's own. */
  programme: string;
  /** Until somebody answered, or nobody had. */
  seconds?: number;
  startedAt: string;
  startedBy: string;
  steps: Array<AlertDrillStep>;
}

export interface AlertDrillStep {
  at: string;
  code?: string;
  /** Of calls that were repeated: how many. */
  count?: number;
  level?: number;
  name?: string;
  seconds: number;
  what: string;
  /** Account that did it, or was asked. */
  who?: string;
}

export interface AlertEnding {
  /** Needed to resolve or refer. */
  code?: "reached-safe" | "plan-reviewed" | "sent-to-ed" | "welfare-check" | "not-reached" | "no-action-needed";
  note?: string;
  status: "in-contact" | "resolved" | "referred";
  /** Needed with not-reached: how often it was tried. */
  tries?: number;
}

export interface AlertEvidence {
  at: string;
  inputs?: Record<string, unknown>;
  /** Id of the check-in or the visit, or account of the person. */
  ref?: string;
  rule: string;
  /** check-in, person, or program: something did not come. */
  source: string;
  tier: string;
  version: string;
  /** What a person wrote who raised it. */
  words?: string;
}

export interface AlertHours {
  /** At least one, to set them. */
  windows: Array<AlertWindow>;
  zone: string;
}

export interface AlertInProgramme {
  /** When. Not taken from a body. */
  at?: string;
  /** Who said so. Not taken from a body. */
  byName?: string;
  /** Not taken from a body. */
  name?: string;
  /** Id of the programme; clinic: in no other. */
  programme: string;
}

export interface AlertOutcome {
  at: string;
  by: string;
  code: string;
  name: string;
  note?: string;
  /** Of not-reached: how often it was tried. */
  tries?: number;
}

export interface AlertPause {
  /** Local day on which check-ins are asked for again, YYYY-MM-DD, at most 31 days ahead; empty for no break. */
  until: string;
}

export interface AlertPersonLoad {
  accountId: string;
  /** There was contact, or an outcome. */
  actedOn: number;
  /** Of a rule: how often it applied. Of a person: how often they were asked. */
  fired: number;
  /** Median time to contact, in minutes. */
  medianMinutes?: number;
  /** Most urgent alerts within 12 hours that they were asked about. */
  most: number;
  name: string;
  /** Ended as no-action-needed. */
  nothingDone: number;
  /** Day is 07:00 to 19:00 on the clinic's clock. */
  shift: "day" | "night";
  /** More than two. */
  tooMuch?: boolean;
  waiting: number;
}

export interface AlertPolicy {
  /** Account that answers when nobody else does. Left out: the clinic's. */
  failSafe?: string;
  /** When somebody answers about its patients. Left out: the clinic's. */
  hours?: AlertHours;
  /** Who is asked, of assigned, cover, lead and supervisor; always in this order, and after them the fail-safe. */
  levels: Array<string>;
  name: string;
}

export interface AlertProgramme {
  changedAt?: string;
  changedBy?: Author;
  endedAt?: string;
  /** Account that answers when nobody else does. Left out: the clinic's. */
  failSafe?: string;
  /** When somebody answers about its patients. Left out: the clinic's. */
  hours?: AlertHours;
  /** clinic: of everybody who is in no other. */
  id: string;
  /** Who is asked, of assigned, cover, lead and supervisor; always in this order, and after them the fail-safe. */
  levels: Array<string>;
  name: string;
  /** It has not begun: its patients follow the clinic's hours and order. */
  untried?: boolean;
}

export interface AlertReadiness {
  drill: boolean;
  failSafe: boolean;
  hours: boolean;
  rota: boolean;
}

export interface AlertReport {
  from: string;
  /** There were more alerts than one report counts. */
  more?: boolean;
  people: Array<AlertPersonLoad>;
  rules: Array<AlertRuleLoad>;
  to: string;
}

export interface AlertRule {
  domain: string;
  id: string;
  input: string;
  /** Input that the program does not have yet. The rule is not evaluated. */
  missing?: string;
  source: string;
  /** The highest that it gives. */
  tier: string;
  version?: string;
}

export interface AlertRuleLoad {
  /** There was contact, or an outcome. */
  actedOn: number;
  /** Of a rule: how often it applied. Of a person: how often they were asked. */
  fired: number;
  /** Median time to contact, in minutes. */
  medianMinutes?: number;
  /** Ended as no-action-needed. */
  nothingDone: number;
  /** Nothing was done for 90 % of its last 60 firings: please look at the rule. It goes on as before. */
  review?: boolean;
  rule: string;
  waiting: number;
}

export interface AlertSettings {
  /** The hours are true and the people know. False stops alerts: no new ones are made, and those that are open go on. */
  confirmed: boolean;
  confirmedAt?: string;
  confirmedBy?: string;
  confirmedById?: string;
  /** Account that answers when nobody else does. Empty only where nobody set this. */
  failSafe: string;
  failSafeName?: string;
  /** When somebody at the clinic answers alerts. */
  hours: AlertHours;
  on: boolean;
}

export interface AlertStep {
  at: string;
  code?: string;
  /** Of calls that were repeated: how many. */
  count?: number;
  level?: number;
  name?: string;
  what: string;
  /** Account that did it, or was asked. */
  who?: string;
}

export interface AlertStretch {
  from: string;
  /** Later than from. */
  to: string;
}

export interface AlertTerms {
  /** The hours are true and the people know. False stops alerts: no new ones are made, and those that are open go on. */
  confirmed: boolean;
  /** Account that answers when nobody else does. Empty only where nobody set this. */
  failSafe: string;
  /** When somebody at the clinic answers alerts. */
  hours: AlertHours;
}

export interface AlertTrend {
  /** Of the person's own answers of the 14 days before. */
  median: number;
  question: string;
  value: number;
}

export interface AlertUnread {
  answeredAt: string;
  localDay: string;
  /** There is something in it that the program could not read. */
  needsPerson?: boolean;
  scores?: Array<ScoredResponse>;
  signals?: Array<Signal>;
  /** What is far from the patient's own last two weeks. */
  trends?: Array<AlertTrend>;
}

export interface AlertView {
  acknowledgeBy: string;
  /** When the owner is called; later than raisedAt where nobody is there. */
  askAt: string;
  /** Two elevated rules of different matters within 72 hours. */
  combined?: boolean;
  contactBy: string;
  /** It is about nobody: the chain is being tried. */
  drill?: boolean;
  evidence?: Array<AlertEvidence>;
  /** When one of its rules applied last. */
  firedAt: string;
  history: Array<AlertStep>;
  id: string;
  /** 1 assigned clinician, 2 cover, 3 lead, 4 supervisor, 5 fail-safe. Alerts of before there were rotas: 4 fail-safe. */
  level: number;
  mine: boolean;
  /** Ids of its check-ins with answers that the patient marked as mistakes. Only where one alert is read. */
  mistakes?: Array<string>;
  /** How many older ones are not listed here; they are in the check-ins. */
  moreEvidence?: number;
  outcome?: AlertOutcome;
  /** Account of the one person who answers for it. */
  owner: string;
  ownerName: string;
  patientId: string;
  patientName?: string;
  raisedAt: string;
  repeatAt?: string;
  /** The rule that raised it first. */
  rule: string;
  /** Every rule that is part of it. */
  rules: Array<string>;
  status: string;
  tier: string;
  /** No channel reaches its owner now, as with a hole of a rota: the next is asked when they would be called again. Tell them yourself. Where one alert is read or answered for. */
  unreachable?: boolean;
  /** False: you may know that somebody needs attention, and not why. In an emergency the emergency access opens what you need. */
  whole: boolean;
}

export interface AlertWaiting {
  /** Until when, as the team agreed. */
  answerBy?: string;
  /** How many messages. */
  count?: number;
  from?: string;
  kind?: string;
  /** Of a worry: what the supporter wrote. */
  text?: string;
  urgency?: string;
}

export interface AlertWatch {
  /** When somebody is called, at the latest: now, or when the clinic opens. */
  looksAt?: string;
  /** Somebody is there at this moment. */
  now: boolean;
  /** Somebody of the clinic is called about answers like this. */
  on: boolean;
}

export interface AlertWindow {
  /** ISO 8601: 1 is Monday. */
  day: number;
  /** HH:MM on the clinic's clock. */
  from: string;
  /** HH:MM, later than from; 24:00 is the end of the day. */
  to: string;
}

export interface AlertWork {
  alert?: AlertView;
  at: string;
  /** Of an alert: the newest of checkIns. */
  checkIn?: AlertUnread;
  /** Of an alert: check-ins that fired it and that nobody has marked read. They have no line of their own, and are read with its outcome. */
  checkIns?: Array<string>;
  id: string;
  kind: "alert" | "check-in" | "message" | "worry" | "task";
  message?: AlertWaiting;
  patientId?: string;
  patientName?: string;
  task?: TaskView;
  /** Of an alert: your open tasks about it. They have no line of their own, and are done with its outcome. */
  tasks?: Array<TaskView>;
  /** How soon: of a check-in without a signal, routine. A task that is overdue is one step up. */
  tier: string;
}

export interface AllowedView {
  apps: Array<AppAllowed>;
  /** Apps that you can start from here. */
  startable: Array<AppStartable>;
}

export interface AnswerCarePlanInputBody {
  /** What should be otherwise. A patient need not say. */
  note?: string;
  /** The version that you read: the one that the plan has now. */
  version: number;
  yes: boolean;
}

export interface AnswerConferenceInputBody {
  answer: "accepted" | "declined" | "tentative";
}

export interface AnswerContractInputBody {
  /** The number of the words that you have read. */
  number: number;
  yes: boolean;
}

export interface AnswerEndInputBody {
  /** true: they leave now. false: they stay. */
  ends: boolean;
}

export interface AnswerInputBody {
  /** 0 is the first. */
  answer: number;
  /** Of the words that were read. */
  fingerprint: string;
  /** Made by the client. */
  id?: string;
  language: string;
}

export interface AnswerPeerInputBody {
  yes: boolean;
}

export interface AnswerProposalInputBody {
  answer: "taken" | "left";
  /** The part of life, with taken. */
  domain?: "mental-health" | "substance-use" | "health" | "relationships" | "housing" | "work" | "legal" | "other";
}

export interface AnswerRefillInputBody {
  /** In plain words: the patient reads it. */
  answerSay?: string;
  /** YYYY-MM-DD: the day on which it will be used up. */
  lastsTo?: string;
  pharmacy?: string;
  /** YYYY-MM-DD: from when it can be fetched. */
  readyOn?: string;
  status: "ready" | "declined";
}

export interface AnswerSideEffectInputBody {
  /** E2B(R3) G.k.8. */
  action: "withdrawn" | "reduced" | "increased" | "not-changed" | "unknown" | "not-applicable";
  /** WHO-UMC. */
  assessment: "certain" | "probable" | "possible" | "unlikely" | "unassessable";
  /** E2B(R3) E.i.3.2. None: not serious in the authority's sense. */
  criteria?: Array<"death" | "life-threatening" | "hospitalisation" | "disabling" | "birth-defect" | "other-important">;
  /** E2B(R3) E.i.7. */
  outcome: "recovered" | "recovering" | "not-recovered" | "with-sequelae" | "fatal" | "unknown";
  /** To the patient, in plain words. */
  words: string;
}

export interface AnswerSwapInputBody {
  accept: boolean;
}

export interface AnswerVisitInputBody {
  answer: "accepted" | "declined" | "tentative";
  /** With tentative: the start that would suit you instead. It moves nothing. */
  otherTime?: string;
}

export interface App {
  /** It has a secret (client_secret_basic). */
  confidential: boolean;
  createdAt: string;
  /** Its client_id. */
  id: string;
  /** Where it is started from inside of Handrail. */
  launchUrl?: string;
  name: string;
  redirectUris: Array<string>;
}

export interface AppAllowed {
  appName: string;
  id: string;
  /** What it may read. */
  scopes: Array<string>;
  since: string;
  /** When it ends by itself, unless it is used. */
  until: string;
}

export interface AppAnswerInputBody {
  /** What is allowed, of what was asked. None: no. */
  scopes: Array<string>;
}

export interface AppQuestion {
  appName: string;
  /** Where the answer goes. */
  host: string;
  id: string;
  /** It wants to know who the person is. */
  knows: boolean;
  /** It wants to go on reading when the person is not there. */
  lasting: boolean;
  /** What it wants to read, to be allowed one by one. */
  scopes: Array<string>;
}

export interface AppStartable {
  id: string;
  name: string;
}

export interface Asked {
  answer?: string;
  answeredAt?: string;
  at: string;
  id: string;
  name: string;
  text: string;
}

export interface Assertion {
  authenticatorData: string;
  clientDataJSON: string;
  /** base64url, as all that follows: PublicKeyCredential.toJSON(). */
  id: string;
  signature: string;
  userHandle?: string;
}

export interface AuthenticatorSelectionStruct {
  requireResidentKey: boolean;
  residentKey: string;
  userVerification: string;
}

export interface Author {
  accountId: string;
  name: string;
  role: string;
}

export interface Availability {
  extra?: Array<Opening>;
  hours: Array<Hours>;
  leave?: Array<Absence>;
  noticeMinutes?: number;
  travel?: Array<Travel>;
  zone: string;
}

export interface AvailabilityView {
  breaks: Array<Broken>;
  extra?: Array<Opening>;
  hours: Array<Hours>;
  leave?: Array<Absence>;
  noticeMinutes?: number;
  travel?: Array<Travel>;
  zone: string;
}

export interface BeginEpisodeInputBody {
  /** Made by the client. */
  id?: string;
}

export interface BeginProviderInputBody {
  device: Device;
}

export interface BegunView {
  /** Send the browser there. It comes back to the page at #/arrived. */
  authorizeUrl: string;
}

export interface BookInputBody {
  /** Book what is held. Everything else is left out then. */
  holdId?: string;
  /** Made by the client. Not with holdId: the visit keeps the id of its hold. */
  id?: string;
  patientId: string;
  start?: string;
  /** Book without a hold. */
  visit?: VisitAsk;
}

export interface BookSeriesInputBody {
  /** Visits that are left out, or are at another time than the rule says. */
  changes?: Array<SeriesChange>;
  /** Made by the client. */
  id?: string;
  /** RFC 5545, with COUNT or UNTIL, at most 52 visits: FREQ=WEEKLY;COUNT=8 */
  rrule: string;
  /** Of the first visit. */
  start: string;
  visit: VisitAsk;
  /** IANA name of the clock that it recurs on. Left out: the clinic's. */
  zone?: string;
}

export interface BreakGlass {
  accountId: string;
  affiliation: string;
  at: string;
  cannotObtainConsent: boolean;
  discloser: string;
  id: string;
  nature: string;
  patientId: string;
  person: string;
  reason: string;
  restricted?: boolean;
  tellRisk?: string;
  until: string;
}

export interface BreakGlassForInputBody {
  affiliation: string;
  /** YYYY-MM-DD */
  birthDate: string;
  /** The patient's consent can't be had in time. */
  cannotObtainConsent: boolean;
  /** Made by the client. */
  id?: string;
  /** The patient's name as it stands in the record. */
  name: string;
  /** The nature of the emergency, in words (42 CFR 2.51). */
  nature: string;
  reason: "overdose" | "suicide-risk" | "unconscious" | "severe-withdrawal" | "other-emergency";
  /** Only when telling the patient today could do harm. The privacy officer decides about it. */
  tellRisk?: "harm-to-self" | "harm-from-others" | "harm-to-others";
}

export interface BreakGlassStatement {
  affiliation: string;
  /** The patient's consent can't be had in time. */
  cannotObtainConsent: boolean;
  /** Made by the client. */
  id?: string;
  /** The nature of the emergency, in words (42 CFR 2.51). */
  nature: string;
  reason: "overdose" | "suicide-risk" | "unconscious" | "severe-withdrawal" | "other-emergency";
  /** Only when telling the patient today could do harm. The privacy officer decides about it. */
  tellRisk?: "harm-to-self" | "harm-from-others" | "harm-to-others";
}

export interface BreakGlassView {
  accountId: string;
  affiliation: string;
  at: string;
  cannotObtainConsent: boolean;
  discloser: string;
  id: string;
  nature: string;
  patientId: string;
  patientName?: string;
  person: string;
  reason: string;
  restricted?: boolean;
  review?: BreakGlassWait;
  /** Telling the patient was put off. Without it they were told at once. */
  tellPatient?: BreakGlassWait;
  tellRisk?: string;
  until: string;
}

export interface BreakGlassWait {
  accountId: string;
  doneAt?: string;
  doneBy?: string;
  due: string;
  from: string;
  glassId: string;
  id: string;
  kind: "tell-patient" | "review";
  note?: string;
  outcome?: "justified" | "not-justified" | "follow-up";
  owner: "privacy-officer";
  patientId: string;
  risk?: "harm-to-self" | "harm-from-others" | "harm-to-others";
  /** Who recorded it: a name. */
  riskBy?: string;
  until: string;
}

export interface Broken {
  /** Times near it at which everybody can come, for the first ten. */
  alternatives?: Array<Slot>;
  appointmentId: string;
  end: string;
  /** On the clinician's clock. */
  local: Local;
  /** Where you may know it. */
  patientId?: string;
  patientName?: string;
  start: string;
}

export interface BusyCalendar {
  /** When it is read next. */
  dueAt?: string;
  exists: boolean;
  /** Why it can't be read now. The busy times of before still hold. */
  failure?: BusyFailure;
  /** Of its address; the whole address is never shown. */
  host?: string;
  /** The first of them, at most 20. */
  notUnderstood: Array<OddEvent>;
  /** When it last answered. */
  readAt?: string;
  setAt?: string;
  /** Busy times from now on. */
  times: number;
  /** Events that were not understood in whole. What can be told of them keeps the time taken. */
  unread: number;
}

export interface BusyFailure {
  code: string;
  detail: string;
  /** When it last worked, or was entered. */
  since: string;
}

export interface BusyInputBody {
  /** Of a calendar in iCalendar format, https or webcal. It is kept sealed and never shown again. */
  url: string;
}

export interface CalendarEntry {
  appointmentId: string;
  /** By video, and you are in it: when you can join. */
  door?: JoinWindow;
  end: string;
  holdUntil?: string;
  /** On this person's clock. */
  local: Local;
  modality: string;
  noRoom?: boolean;
  patientId?: string;
  patientName?: string;
  /** Of this person's part, UTC. */
  start: string;
  status: string;
  unanswered?: number;
  visitType?: string;
  /** By video, and you are in it: how many wait in the lobby now. */
  waiting?: number;
}

export interface CalendarFeed {
  createdAt?: string;
  exists: boolean;
}

export interface Call {
  accountId: string;
  alertId: string;
  answer?: string;
  answeredAt?: string;
  at: string;
  /** Account of who asked for it, or system where the patient's rule did. */
  by: string;
  consentId: string;
  /** Nothing took it: call the person yourself. */
  failed?: boolean;
  id: string;
  patientId: string;
  /** Nobody had answered by then. */
  silentAt?: string;
  terms: CallForHelp;
}

export interface CallConferenceInputBody {
  /** The patients it is about. Everybody who comes needs a right to each of these charts. */
  agenda: Array<AgendaItem>;
  /** Made by the client. */
  id?: string;
  modality: "video" | "phone" | "in-person";
  site?: string;
  start: string;
  /** Of GET /v1/visit-types. */
  visitType: string;
  /** Accounts of the clinicians who come. You are one of them whether you name yourself or not. */
  who: Array<string>;
}

export interface CallForHelp {
  /** BCP 47, in which it was shown and is sent. */
  language: string;
  /** As it was shown: refused when other words would be sent. */
  text: string;
  /** One of `ways` of the person's sharing choice. */
  way: "push" | "sms" | "email";
  /** at-once: with an alert that calls the team at once. no-contact: when nobody of the team got in touch in time. team-asks: when somebody who answers for an alert asks for it. */
  when: "team-asks" | "no-contact" | "at-once";
  /** Of `wordings` of the sharing choices. */
  wording: "help-call" | "help-come" | "help-look";
}

export interface CallWindow {
  /** MO to SU; none: every day. */
  days?: Array<string>;
  /** HH:MM. */
  from: string;
  /** HH:MM, later than from; 24:00 is the end of the day. */
  to: string;
}

export interface CallWish {
  /** In the patient's own words. */
  note?: string;
  /** A number that is safe to call, with its country. Empty: that of the profile. */
  number?: string;
  /** A text message is safe. */
  texts: boolean;
  /** What may be left when nobody answers. Left out: not said, so nothing. */
  voicemail?: "no" | "name-only" | "yes";
  /** On the patient's clock. None: at any time. */
  windows?: Array<CallWindow>;
}

export interface CancelConferenceInputBody {
  /** A code of FHIR's appointment-cancellation-reason, such as prov. */
  reason: string;
}

export interface CancelHandoffInputBody {
  /** Why. */
  note: string;
}

export interface CancelInputBody {
  /** A code of FHIR's appointment-cancellation-reason, such as pat or prov. */
  reason: string;
}

export interface CancelReferralInputBody {
  /** Why. The patient and the team read it. */
  words?: string;
}

export interface CancelRestInputBody {
  /** recurrenceId of the first visit that is called off; all that follow are too. */
  from: string;
  /** A code of FHIR's appointment-cancellation-reason. */
  reason: string;
}

export interface Cancellation {
  at: string;
  by: string;
  late: boolean;
  reason: string;
}

export interface CarePlanAbout {
  barriers?: Array<string>;
  fears?: Array<string>;
  preferences?: Array<string>;
  strengths?: Array<string>;
}

export interface CarePlanAboutEdit {
  barriers?: Array<string>;
  fears?: Array<string>;
  preferences?: Array<string>;
  strengths?: Array<string>;
}

export interface CarePlanAnswer {
  at: string;
  by: Author;
  note?: string;
  version: number;
  yes: boolean;
}

export interface CarePlanBeside {
  /** YYYY-MM-DD, the patient's; a day to come, within two years. */
  by: string;
  /** With a measure, where the range ends. */
  high?: number;
  /** With a measure, where the range begins, in its unit. */
  low?: number;
  /** A question of check-ins that has numbers, or the score of an instrument; `/v1/care-plan-measures` lists them. */
  measure?: string;
  /** How what was told stands beside it; no verdict. */
  state: "to-come" | "as-expected" | "otherwise" | "not-told" | "in-words" | "for-the-team" | "withheld";
  /** Of the measure; left out: it has none. */
  unit?: string;
  /** What was told until that day, or until today: the mean of seven days of a question, the last score of 35 days. */
  value?: number;
  /** In plain words without blame: the patient reads it. */
  words: string;
}

export interface CarePlanChange {
  /** As it was after the change. */
  about?: CarePlanAbout;
  at: string;
  by: Author;
  /** What it comes from. */
  decision?: TaskReference;
  fields: Array<CarePlanFieldChange>;
  /** Those that changed, as they were after it. */
  items?: Array<CarePlanState>;
  /** False: a spelling. */
  matters: boolean;
  patientId: string;
  reason?: string;
  version: number;
}

export interface CarePlanCheck {
  /** Who ticked it; what is sent is not taken. */
  by?: Author;
  done?: boolean;
  /** The patient's day on which it was ticked. Written when that happens; what is sent is not taken. */
  on?: string;
  /** The point of a guideline of the site that this is. */
  point?: string;
  text: string;
}

export interface CarePlanContradiction {
  /** Code of the catalogue. */
  activity?: string;
  items: Array<string>;
  /** Name of an ingredient. */
  medicine?: string;
  /** The two that were declared opposite, in the order of items. */
  points?: Array<string>;
}

export interface CarePlanCourse {
  /** First day of the lines, YYYY-MM-DD, at most 180 days back. */
  from: string;
  items: Array<CarePlanCourseItem>;
  lines: Array<CarePlanCourseLine>;
  /** The patient's date. */
  today: string;
  /** Check-ins are not shared with you. */
  withheld: boolean;
}

export interface CarePlanCourseItem {
  expected: Array<CarePlanBeside>;
  item: string;
  name: string;
}

export interface CarePlanCourseLine {
  max: number;
  measure: string;
  min: number;
  points: Array<SeriesPoint>;
  /** Of an instrument: its numbers are for the team. */
  score: boolean;
  unit?: string;
}

export interface CarePlanDifference {
  after?: string;
  before?: string;
  /** Left out: the item is new. */
  field?: string;
  item?: string;
  /** For the patient, in their language. */
  words: string;
}

export interface CarePlanEntry {
  areas: Array<string>;
  code: string;
  /** Disciplines that may lead it. Left out: each that may lead. */
  leads?: Array<string>;
  /** For patients, by language. */
  names: Record<string, string>;
}

export interface CarePlanExpected {
  /** YYYY-MM-DD, the patient's; a day to come, within two years. */
  by: string;
  /** With a measure, where the range ends. */
  high?: number;
  /** With a measure, where the range begins, in its unit. */
  low?: number;
  /** A question of check-ins that has numbers, or the score of an instrument; `/v1/care-plan-measures` lists them. */
  measure?: string;
  /** In plain words without blame: the patient reads it. */
  words: string;
}

export interface CarePlanFieldChange {
  field: string;
  /** Left out: what stands on top. */
  item?: string;
}

export interface CarePlanHole {
  item: string;
  /** not-accepted, late, nothing-for, no-owner, newer-edition, guideline-late. */
  why: string;
}

export interface CarePlanItemEdit {
  /** Code of the catalogue. */
  activity?: string;
  /** Of a guideline: codes of the catalogue that it advises. */
  advises?: Array<string>;
  /** Of a guideline: codes of the catalogue that it advises against. */
  against?: Array<string>;
  /** None: those of the activity. */
  areas?: Array<"body" | "mind" | "life" | "meaning">;
  /** Of a checklist, and what a guideline asks for. */
  checks?: Array<CarePlanCheck>;
  /** Of a problem. */
  domain?: "" | "psychiatric" | "substance-use" | "chronic-condition" | "social";
  doneWhen?: string;
  /** Of a guideline: which version. */
  edition?: string;
  /** YYYY-MM-DD */
  endOn?: string;
  /** Of a goal, problem, activity or step: what is hoped for, by when. The team writes it. */
  expect?: Array<CarePlanExpected>;
  /** Of an activity or a step: guidelines of this plan, by their id here. */
  follows?: Array<string>;
  /** Problems and goals of this plan, by their id here. */
  for?: Array<string>;
  /** Of a goal: which one of the record. */
  goalId?: string;
  /** Of a guideline: which one of the site (`/v1/guidelines`). Its name, source, edition, advice and points are taken from there where you leave them out. */
  guideline?: string;
  /** Of an item of the plan, or made by the client for what it adds. */
  id: string;
  /** Of a new item; it stays. */
  kind?: "goal" | "problem" | "activity" | "relapse-prevention-step" | "safety-checklist" | "guideline";
  /** YYYY-MM-DD. When its lead looks at it again, within two years. Left out of a new item: in 90 days. */
  reviewOn?: string;
  /** It can't wait until the plan is agreed. */
  safety?: boolean;
  /** Of a guideline: who publishes it. */
  source?: string;
  /** YYYY-MM-DD */
  startOn?: string;
  /** FHIR CarePlanActivityStatus. */
  status?: "in-progress" | "on-hold" | "completed" | "cancelled" | "entered-in-error";
  /** Accounts of the care team who help. */
  supporters?: Array<string>;
  /** What it is, in plain words: the patient reads it. A goal has none: it is linked, and says it itself. */
  title?: string;
  /** Of a new item, or one that is begun again: account that is asked to lead it. Until they accept, it is yours. */
  to?: string;
  /** The patient's words. What they wrote themselves, only they change. */
  why?: string;
}

export interface CarePlanItemView {
  /** The lead said that they do it. */
  accepted: boolean;
  activity?: string;
  /** UTC */
  addedAt: string;
  addedBy: Author;
  advises?: Array<string>;
  against?: Array<string>;
  /** All that it says was agreed. */
  agreed: boolean;
  areas?: Array<string>;
  /** Who is to answer whether they lead it. */
  asked?: TaskPerson;
  checks?: Array<CarePlanCheck>;
  domain?: string;
  doneWhen?: string;
  /** When somebody looks at it again; UTC. */
  dueAt?: string;
  edition?: string;
  endOn?: string;
  expect?: Array<CarePlanExpected>;
  /** By field: the version in which it last changed, and who changed it. */
  fields: Record<string, CarePlanMark>;
  follows?: Array<string>;
  for?: Array<string>;
  forMe: boolean;
  goalId?: string;
  guideline?: string;
  helps?: Array<TaskPerson>;
  id: string;
  /** It was agreed, or it is a duty of safety, which does not wait. */
  inForce: boolean;
  kind: string;
  /** The one person who answers for it. Until somebody accepts, that is who brought it. */
  lead?: TaskPerson;
  mine: boolean;
  /** What it is called: its title; of a goal, what the goal says. */
  name: string;
  /** How often it was begun. */
  opened: number;
  reviewOn?: string;
  safety?: boolean;
  source?: string;
  startOn?: string;
  status: string;
  supporters?: Array<string>;
  /** The task of who leads it: accept, refuse or hand it over there. */
  taskId?: string;
  title?: string;
  useful?: CarePlanUseful;
  why?: string;
}

export interface CarePlanLine {
  agreed: boolean;
  item?: string;
  name: string;
  safety?: boolean;
  sentences?: Array<string>;
}

export interface CarePlanMark {
  by: Author;
  version: number;
}

export interface CarePlanOverlap {
  items: Array<string>;
}

export interface CarePlanRating {
  answer: string;
  at: string;
  id: string;
}

export interface CarePlanReport {
  /** What open guidelines, or a guideline and an activity, go opposite ways about. */
  contradictions: Array<CarePlanContradiction>;
  /** Of body, mind, life and meaning, those for which nothing stands in it. */
  gaps: Array<string>;
  /** Where nobody is, or is not yet. */
  holes: Array<CarePlanHole>;
  /** The same work of two people. */
  overlaps: Array<CarePlanOverlap>;
}

export interface CarePlanRow {
  discipline?: string;
  /** Codes of the catalogue. */
  leads: Array<string>;
  may: Array<string>;
  role: string;
}

export interface CarePlanScale {
  max: number;
  measure: string;
  min: number;
  /** Of an instrument: its numbers are for the team. */
  score: boolean;
  unit?: string;
}

export interface CarePlanSection {
  heading: string;
  kind: string;
  lines: Array<CarePlanLine>;
}

export interface CarePlanState {
  activity?: string;
  advises?: Array<string>;
  against?: Array<string>;
  areas?: Array<string>;
  checks?: Array<CarePlanCheck>;
  domain?: string;
  doneWhen?: string;
  edition?: string;
  endOn?: string;
  expect?: Array<CarePlanExpected>;
  follows?: Array<string>;
  for?: Array<string>;
  goalId?: string;
  guideline?: string;
  id: string;
  kind: string;
  reviewOn?: string;
  safety?: boolean;
  source?: string;
  startOn?: string;
  status: string;
  supporters?: Array<string>;
  title?: string;
  why?: string;
}

export interface CarePlanSummary {
  agreed?: number;
  /** US school grade of all of it (Flesch-Kincaid); for the team, in English. */
  grade?: number;
  /** Items whose words are above grade 6; for the team, in English. */
  hard?: Array<string>;
  language: string;
  opening: Array<string>;
  sections: Array<CarePlanSection>;
  version: number;
}

export interface CarePlanThen {
  about: CarePlanAbout;
  at?: string;
  differences: Array<CarePlanDifference>;
  items: Array<CarePlanState>;
  /** Of the changes between, the oldest first. */
  reasons?: Array<string>;
  since: number;
  version: number;
}

export interface CarePlanUseful {
  helpful?: number;
  /** The newest at the end, at most 30; the counts are of all. */
  last?: Array<CarePlanRating>;
  little?: number;
  not?: number;
}

export interface CarePlanView {
  about: CarePlanAbout;
  aboutFields?: Record<string, CarePlanMark>;
  /** The version that patient and a clinician last said yes to. Left out: none. */
  agreed?: number;
  /** The last one of each person. */
  answers: Array<CarePlanAnswer>;
  changedAt?: string;
  items: Array<CarePlanItemView>;
  /** What you may do with this plan. */
  may: Array<string>;
  patientId: string;
  /** What is missing, and what is in it twice; for the team. No score. */
  report?: CarePlanReport;
  /** Counts what it says, from 1, which is the empty one. */
  version: number;
}

export interface Caseload {
  items: Array<TaskLoad>;
  /** Cursor of the next page; empty at the end. */
  next: string;
  /** Tasks that nobody has claimed. */
  pooled: number;
}

export interface Change {
  at: string;
  kind: string;
  ref: string;
  section: string;
}

export interface ChangeCarePlanInputBody {
  /** What stands on top of every view. */
  about?: CarePlanAboutEdit;
  /** The decision that it comes from. */
  decision?: TaskReference;
  /** What is added or changed. A field that is left out stays. */
  items?: Array<CarePlanItemEdit>;
  /** Why it changes. Needed for what matters, from the second version on; a spelling and the patient need none. */
  reason?: string;
}

export interface Changes {
  /** There may be older changes of these 30 days that were not read. */
  more: boolean;
  parts: Array<PartChanges>;
  /** When you looked. Left out: not in 30 days, or not within what was read of the log. */
  since?: string;
}

export interface CheckIn {
  /** When it was answered, by the phone's clock. */
  answeredAt: string;
  /** By question id. Left out means skipped. */
  answers: Record<string, unknown>;
  /** The phone's clock was ahead of ours. */
  clockAhead?: boolean;
  /** Ids of questions to which the patient would rather not say. */
  declined?: Array<string>;
  deviceId?: string;
  /** Version of the form that was on the screen. */
  formVersion: number;
  id: string;
  instruments?: Array<InstrumentSubmission>;
  localDay: string;
  /** What the patient marked as a mistake. It is kept, and no alert goes away by it. */
  mistake?: Mistake;
  /** Somebody of the team must read this: the program could not. */
  needsPerson?: NeedsPerson;
  /** What could not be taken as it was, and why. Nothing of it is lost: see raw. */
  notes?: Array<CheckInNote>;
  patientId: string;
  /** Where there is something in it that the fields here do not hold: what the phone sent, as it sent it. Long ones only when one check-in is read. */
  raw?: string;
  /** Who of the team read this first. Left out: nobody has said so. */
  read?: CheckInRead;
  /** By the clinic's clock. What was answered long before acts all the same. */
  receivedAt: string;
  scores?: Array<ScoredResponse>;
  /** The device's own count. */
  sequence?: number;
  signals?: Array<Signal>;
  taken?: Taken;
  /** IANA time zone where it was answered. */
  zone: string;
}

export interface CheckInAnswer {
  checkIn: CheckIn;
  /** Only where an answer asks for it: show it first, before anything else. */
  help?: Help;
  /** What could not be taken as it was sent. All of it was kept. */
  notes?: Array<CheckInNote>;
  /** The clinic's clock, for a phone whose own is wrong. */
  serverTime: string;
}

export interface CheckInBody {
  /** When it was answered, by the phone's clock. */
  answeredAt: string;
  /** By question id. Left out means skipped. */
  answers: Record<string, unknown>;
  /** Ids of questions to which the patient would rather not say. */
  declined?: Array<string>;
  deviceId?: string;
  /** Version of the form that was on the screen. */
  formVersion: number;
  /** Made by the phone, once for each check-in, and sent again with it. Without one the same content is the same check-in. */
  id?: string;
  instruments?: Array<InstrumentSubmission>;
  /** The device's own count. */
  sequence?: number;
  /** IANA time zone where it was answered. */
  zone: string;
}

export interface CheckInNote {
  /** Stable and machine-readable. */
  code: string;
  /** JSON path in what was sent; empty for all of it. */
  field: string;
  /** One plain sentence. */
  text: string;
}

export interface CheckInRead {
  at: string;
  /** Until when they are to be in touch. */
  contactBy?: string;
  /** Who said that they handle what this told. */
  contactName?: string;
  name: string;
}

export interface CheckInTimes {
  /** Empty: every day. */
  days: Array<"MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU">;
  /** Local times of day, such as 09:00. Empty: once, at the usual time or the one chosen in the notification settings. */
  times: Array<string>;
}

export interface CheckedText {
  /** It can't be kept like this. */
  faults: Array<TextFault>;
  /** What should be mended; it can be published all the same. */
  findings: Array<EducationFinding>;
  /** Left out while the text can't be read. */
  measure?: EducationMeasure;
  /** It can be kept as a draft, and not be published. */
  missing: Array<TextFault>;
  view?: EducationView;
}

export interface Choices {
  /** Local time of the day's one prompt for small things, such as 17:00. */
  digest?: string;
  /** By kind; what is left out is the kind's default. */
  kinds?: Record<string, KindChoice>;
  /** BCP 47; left out: the account's. */
  language?: string;
  /** Until then everything waits in the inbox; three months at most. */
  pausedUntil?: string;
  /** Own cap of prompts a day; the site's holds as well. */
  perDay?: number;
  /** Times of day in which nothing is said. Left out: the usual night. Empty: none. */
  quiet?: Array<Window>;
}

export interface Closed {
  at: string;
  by: ThreadParty;
}

export interface Closure {
  end: string;
  site?: string;
  start: string;
  zone: string;
}

export interface CodeInputBody {
  /** How you made sure who it is. Asked for patients, supporters and interpreters who were signed in before: one of the first three, or two of the others. called-back: on the number that the record has. */
  identityChecked?: Array<"known-in-person" | "photo-id" | "called-back" | "birth-date" | "last-visit" | "address">;
}

export interface CodingIn {
  code: string;
  system: string;
}

export interface Comment {
  about: CommentAbout;
  /** UTC. */
  at: string;
  /** Who wrote what it is about; they hear of it. */
  author: Author;
  id: string;
  patientId: string;
  /** In the patient's own words. Nobody changes it. */
  text: string;
  /** What shows it: the goal of a note, the meeting of a decision, else the same as about.id. */
  within?: string;
}

export interface CommentAbout {
  /** Of the goal, the note, the check-in, the handoff, the thing of the care plan, the decision, or the episode of the discharge. */
  id: string;
  /** What it is about. */
  kind: "goal" | "goal-note" | "check-in" | "handoff" | "care-plan-item" | "meeting-decision" | "discharge";
}

export interface CommentInputBody {
  /** Made by the client. */
  id?: string;
  words: string;
}

export interface ConceptIn {
  coding: Array<CodingIn>;
}

export interface ConferenceView {
  agenda: Array<AgendaView>;
  calledBy: Author;
  cancellation?: Cancellation;
  /** Of one by video that you are in: when you can join it. */
  door?: JoinWindow;
  /** UTC */
  end: string;
  id: string;
  /** On the clinic's clock. */
  local: Local;
  modality: string;
  participants: Array<ParticipantView>;
  sequence: number;
  site?: string;
  /** UTC */
  start: string;
  status: string;
  visitType: string;
}

export interface ConfirmInputBody {
  /** The part of the link after the #. */
  token: string;
}

export interface Conflict {
  code: string;
  from: string;
  help: string;
  role?: string;
  text: string;
  to: string;
  who?: string;
}

export interface ConnectionReport {
  busySeconds: number;
  cause?: string;
  concealedMs: number;
  connectedSeconds: number;
  downKbps: number;
  downLoss: number;
  freezes: number;
  from: string;
  frozenMs: number;
  gapSeconds: number;
  jitterMs: number;
  mos: number;
  /** Of those who still belong to the visit. */
  name?: string;
  path: string;
  personId: string;
  role?: string;
  rttMs: number;
  until: string;
  upKbps: number;
  upLoss: number;
  waiting?: boolean;
  worstMinuteMos: number;
}

export interface ConsentView {
  callForHelp?: CallForHelp;
  discloser: string;
  expiry: Expiry;
  id: string;
  kind: string;
  medicineReminders?: MedicineReminders;
  noticeVersion: string;
  /** Signed on paper, and recorded by the clinic. */
  paper?: Paper;
  patientId: string;
  provision: string;
  purposes: Array<string>;
  recipient: string;
  recipientName?: string;
  revokedAt?: string;
  revokedBy?: string;
  scopes: Array<string>;
  signature: Signature;
  signedAt: string;
  signedBy?: string;
  statements: Array<string>;
  status: string;
  /** Signed, and taken off by the clinic since it never worked. Nothing was shared by these. */
  withdrawn?: Array<string>;
  words?: ReadWords;
  /** Day on which a clinician signed the words that were read. Not there: a demo, or signed before words were. */
  wordsReviewedOn?: string;
}

export interface Contacted {
  due: string;
  id: string;
  kind: string;
  reach: string;
  ref?: string;
}

export interface Contrary {
  /** Another one. */
  guideline: string;
  /** The point of it that is the opposite. */
  otherPoint: string;
  /** Of this guideline. */
  point: string;
}

export interface CopingTold {
  answeredAt: string;
  coping: "well" | "all-right" | "hard" | "too-much";
  harm?: boolean;
  /** The help of your own that an answer opens. */
  help?: "crisis" | "safety";
  id: string;
  note?: string;
  unsafe?: boolean;
}

export interface CreateRotaInputBody {
  /** It is asked for patients who have it on their team. Left out: for all. */
  discipline?: string;
  /** Made by the client. */
  id?: string;
  leave?: Array<DutyLeave>;
  name: string;
  /** It declares that somebody answers day and night. Urgent and emergent alerts are asked about outside of the hours too. */
  onCall: boolean;
  /** Where two hold, the last of the list counts. */
  overrides?: Array<DutyOverride>;
  /** Id of a programme: it is asked for its patients, before rotas for all. Left out: for all. */
  programme?: string;
  serves: "cover" | "supervisor";
  /** Where two hold, the first of the list is on duty, and the next one when they are away. */
  shifts: Array<DutyShift>;
  /** For people to read: one of the clinic's sites. */
  site?: string;
  zone: string;
}

export interface CredentialName {
  /** base64url */
  id: string;
  transports?: Array<string>;
  type: string;
}

export interface DecideInputBody {
  /** Until when; within two years. */
  dueAt: string;
  /** The same in plain words for the patient. Left out: the patient is not shown it. */
  forPatient?: string;
  /** Made by the client. */
  id?: string;
  /** What the patient says about it. */
  patientView?: string;
  /** What was decided, for the team. */
  text: string;
  /** Account of who does it: they are asked. Until they accept, it is that of who wrote it down. */
  to: string;
}

export interface DelayBreakGlassInputBody {
  risk: "harm-to-self" | "harm-from-others" | "harm-to-others";
  /** At most 30 days after the emergency. */
  until: string;
}

export interface DeliveredInputBody {
  /** What made the device show it. */
  by: "push" | "local";
}

export interface Device {
  /** Made once by the client and kept. */
  id: string;
  /** What the person calls this device. */
  name: string;
  /** What it runs on. A push holds what that system reads; one to the web holds what both phones read. */
  platform?: "web" | "ios" | "android";
}

export interface DisagreementEnding {
  at: string;
  by: Author;
  /** Tasks and decisions about this patient that carry it out; of the types task and decision. */
  changed?: Array<TaskReference>;
  /** What came of it, in plain words: the patient reads it. Needed. */
  forPatient: string;
  /** For the team. Needed; the patient is answered an empty one. */
  outcome: string;
  /** How it goes with what the patient would have. Needed. */
  preference: "" | "as-they-want" | "in-part" | "otherwise" | "not-said";
  /** Needed where it is not as they want, or they have not said. */
  why?: string;
}

export interface DisagreementPosition {
  at: string;
  by: Author;
  discipline?: string;
  text: string;
}

export interface DisagreementPreference {
  at: string;
  by: Author;
  /** The patient said it, and somebody of the team wrote it down. */
  spoken?: boolean;
  words: string;
}

export interface DisagreementView {
  /** They said that they do. */
  accepted: boolean;
  /** Who is asked to take it. */
  asked?: TaskPerson;
  /** Until when, UTC; within two years. Then who leads the team is asked. */
  dueAt: string;
  ending?: DisagreementEnding;
  /** Account that is asked to bring it to an end. Needed; who has it now is the owner. */
  facilitator: string;
  /** The same in plain words: the patient is asked what they would have. Needed. */
  forPatient: string;
  /** What the patient reads is above grade 6 (English). */
  hard?: boolean;
  id: string;
  /** Items of the care plan that it is about. */
  items?: Array<string>;
  /** You may say what you think. */
  maySay: boolean;
  /** You may end it. */
  maySettle: boolean;
  /** Why it was withdrawn. */
  note?: string;
  overdue: boolean;
  /** Who brings it to an end. */
  owner: TaskPerson;
  patientId: string;
  /** Versions of the care plan that came of it. */
  planVersions?: Array<number>;
  /** Of each member one, the oldest first; for the team. */
  positions: Array<DisagreementPosition>;
  /** What the patient would have. */
  preference?: DisagreementPreference;
  /** What is to be settled, for the team. Needed; the patient is answered an empty one. */
  question: string;
  raisedAt: string;
  /** The patient is answered an empty one. */
  raisedBy: Author;
  /** open, settled, withdrawn. */
  status: string;
  /** Needed. protocols: guidelines of the care plan that say opposite things, named in items. The patient is answered an empty one. */
  subject: "" | "care" | "roles" | "protocols";
  /** Its task: accept it or hand it over there. It ends with the disagreement. */
  taskId: string;
  /** The time had gone by: who was asked to end it, the newest at the end. */
  wentTo?: Array<TaskPerson>;
}

export interface DischargeInputBody {
  /** Needed where the setting changes. Its settings and the day of the move are those of the discharge. */
  handoff?: HandoffTerms;
}

export interface DrugChecking {
  strips: boolean;
  where?: string;
}

export interface Duty {
  asked: Array<DutyAsked>;
  holes: Array<DutyHole>;
  mine: Array<DutyTurn>;
  now: Array<DutyNow>;
}

export interface DutyAsked {
  answeredAt?: string;
  from: string;
  givenBy: string;
  givenByName: string;
  id: string;
  proposedAt: string;
  rota: string;
  rotaId: string;
  status: "proposed" | "accepted" | "declined";
  takenBy: string;
  to: string;
  zone: string;
}

export interface DutyHole {
  accountId?: string;
  from: string;
  kind: "nobody" | "unreachable";
  name?: string;
  rotaId: string;
  rotaName: string;
  to: string;
}

export interface DutyLeave {
  /** They are on duty on no rota meanwhile. */
  accountId: string;
  /** Who answers for them. Left out: nobody. */
  cover?: string;
  /** LocalDateTime (RFC 8984) on the rota's clock. */
  from: string;
  to: string;
}

export interface DutyNamed {
  accountId: string;
  active: boolean;
  name: string;
}

export interface DutyNow {
  by?: string;
  onCall: boolean;
  rota: string;
  rotaId: string;
  serves: string;
  until: string;
  who?: DutyNamed;
}

export interface DutyOverride {
  accountId: string;
  /** LocalDateTime (RFC 8984) on the rota's clock. */
  from: string;
  to: string;
}

export interface DutyResultInputBody {
  /** What came of it, or why it is left out. */
  note: string;
  /** It is left out this time. A measurement is told as a fact of the list of medicines, and closes what waits for it. */
  passed?: boolean;
}

export interface DutyShift {
  accountId: string;
  /** ISO 8601: 1 is Monday. */
  days: Array<number>;
  /** 2: each second week, counted from the week of since. */
  every?: number;
  /** HH:MM on the rota's clock. */
  from: string;
  /** First date, YYYY-MM-DD. */
  since?: string;
  /** HH:MM; not later than from: on the next day. 24:00 is the end of the day. */
  to: string;
  /** Last date. */
  until?: string;
}

export interface DutyStretch {
  accountId?: string;
  by?: string;
  from: string;
  name?: string;
  to: string;
}

export interface DutySwap {
  answeredAt?: string;
  from: string;
  givenBy: string;
  id: string;
  proposedAt: string;
  status: "proposed" | "accepted" | "declined";
  takenBy: string;
  to: string;
}

export interface DutyTerms {
  /** It is asked for patients who have it on their team. Left out: for all. */
  discipline?: string;
  leave?: Array<DutyLeave>;
  name: string;
  /** It declares that somebody answers day and night. Urgent and emergent alerts are asked about outside of the hours too. */
  onCall: boolean;
  /** Where two hold, the last of the list counts. */
  overrides?: Array<DutyOverride>;
  /** Id of a programme: it is asked for its patients, before rotas for all. Left out: for all. */
  programme?: string;
  serves: "cover" | "supervisor";
  /** Where two hold, the first of the list is on duty, and the next one when they are away. */
  shifts: Array<DutyShift>;
  /** For people to read: one of the clinic's sites. */
  site?: string;
  zone: string;
}

export interface DutyTurn {
  by: string;
  from: string;
  rota: string;
  rotaId: string;
  to: string;
}

export interface DutyView {
  changedAt: string;
  changedBy: Author;
  /** It is asked for patients who have it on their team. Left out: for all. */
  discipline?: string;
  endedAt?: string;
  id: string;
  leave?: Array<DutyLeave>;
  name: string;
  /** It declares that somebody answers day and night. Urgent and emergent alerts are asked about outside of the hours too. */
  onCall: boolean;
  /** Where two hold, the last of the list counts. */
  overrides?: Array<DutyOverride>;
  people: Array<DutyNamed>;
  /** Id of a programme: it is asked for its patients, before rotas for all. Left out: for all. */
  programme?: string;
  serves: "cover" | "supervisor";
  /** Where two hold, the first of the list is on duty, and the next one when they are away. */
  shifts: Array<DutyShift>;
  /** For people to read: one of the clinic's sites. */
  site?: string;
  swaps?: Array<DutySwap>;
  unreachable?: Array<DutyNamed>;
  zone: string;
}

export interface EducationAnswer {
  again?: number;
  feedback: string;
  right: boolean;
  text: string;
}

export interface EducationAnswerTold {
  known: boolean;
  told?: EducationTold;
}

export interface EducationAuthor {
  accountId: string;
  name: string;
  role: string;
}

export interface EducationDraft {
  at: string;
  by: EducationAuthor;
  file: string;
}

export interface EducationFinding {
  rule: string;
  text: string;
  where: string;
}

export interface EducationGiven {
  at: string;
  by: Author;
  id: string;
  module: string;
  patientId: string;
  /** When the patient told the team that they have read it. Nothing else tells. */
  readAt?: string;
  /** The patient reads it. */
  why: string;
}

export interface EducationLine {
  key: string;
  text: string;
}

export interface EducationMark {
  at: string;
  module: string;
  useful?: string;
}

export interface EducationMeasure {
  gated: boolean;
  letters: number;
  long: number;
  minutes: number;
  poly: number;
  scores: Array<EducationScore>;
  sentences: number;
  syllables: number;
  words: number;
}

export interface EducationMine {
  /** What your care team gave you to read, the newest first. Empty for all but patients. */
  given: Array<EducationGiven>;
  /** Yours alone, by day, the newest first. */
  read: Array<EducationMark>;
  /** With the reason for each. */
  suggestions: Array<EducationSuggestion>;
}

export interface EducationQuestion {
  answers: Array<EducationAnswer>;
  text: string;
}

export interface EducationRating {
  act: number;
  of: string;
  on: string;
  rater: string;
  understand: number;
}

export interface EducationReview {
  next?: string;
  on?: string;
  reviewed: boolean;
  role?: string;
}

export interface EducationScore {
  name: string;
  ok: boolean;
  target?: string;
  value: number;
}

export interface EducationSource {
  id: string;
  own: boolean;
  read: boolean;
  title: string;
  toConfirm: boolean;
  url?: string;
}

export interface EducationSuggestion {
  for: string;
  module: string;
}

export interface EducationTerm {
  forms: Array<string>;
  means: string;
  word: string;
}

export interface EducationText {
  /** What a reviewer has to look at: nobody has read it in an opened source. */
  confirm: Array<string>;
  draft: boolean;
  /** Of the draft's words, for a signature before it is published. */
  draftFingerprint?: string;
  draftText?: EducationDraft;
  /** Of the newest text, as its author wrote it. */
  file: string;
  findings: Array<EducationFinding>;
  /** Names the words of the newest text; a signature holds for these words. */
  fingerprint?: string;
  id: string;
  language: string;
  measure: EducationMeasure;
  /** Of the text that the clinic published; 0 for the one that ships. */
  number: number;
  /** YYYY-MM-DD. */
  published?: string;
  /** How two people scored the words as they are now, with PEMAT; empty until there are two. */
  rated: Array<EducationRating>;
  /** Of the newest text. */
  review: EducationReview;
  safety: boolean;
  /** A text with this id and language comes with the program. */
  ships: boolean;
  /** Somebody who asks for this language is shown this text. */
  shown: boolean;
  title: string;
  /** The newest text as a reader sees it. */
  view?: EducationView;
  withdrawn: boolean;
}

export interface EducationTextState {
  draft: boolean;
  /** Names the words of the newest text; a signature holds for these words. */
  fingerprint?: string;
  id: string;
  language: string;
  /** Of the text that the clinic published; 0 for the one that ships. */
  number: number;
  /** YYYY-MM-DD. */
  published?: string;
  /** Of the newest text. */
  review: EducationReview;
  safety: boolean;
  /** A text with this id and language comes with the program. */
  ships: boolean;
  /** Somebody who asks for this language is shown this text. */
  shown: boolean;
  title: string;
  withdrawn: boolean;
}

export interface EducationTold {
  feedback: string;
  right: boolean;
  section?: number;
}

export interface EducationView {
  audience: string;
  behind: boolean;
  direction: string;
  fallback: boolean;
  fingerprint: string;
  html: string;
  id: string;
  language: string;
  library?: string;
  minutes: number;
  need: string;
  notYet: boolean;
  question: EducationQuestion;
  related: Array<string>;
  reviewedOn?: string;
  safety: boolean;
  sources: Array<EducationSource>;
  summary: string;
  title: string;
  topic: string;
  try: string;
  words: Array<EducationTerm>;
}

export interface EducationWordsState {
  fingerprint: string;
  id: string;
  language: string;
  lines: Array<EducationLine>;
  review: EducationReview;
  shown: boolean;
}

export interface EmailInputBody {
  /** Empty: take it away. */
  email: string;
}

export interface EmergencyNumbers {
  country: string;
  crisisLines: Array<NumberToCall>;
  emergency: Array<NumberToCall>;
  source: string;
  verifiedBy: string;
  verifiedOn: string;
}

export interface EndAsked {
  at: string;
  by: string;
  name: string;
  taskId: string;
}

export interface EndInputBody {
  state: "returned" | "lost" | "wiped";
}

export interface EndSessionInputBody {
  /** The device forgets its person when it next asks. */
  reason: "reported-lost" | "given-back";
}

export interface EnrolInputBody {
  /** The one-time code, in any case, with or without dashes. */
  code: string;
  device: Device;
  /** One of their recovery codes in its place. */
  recoveryCode?: string;
  /** Of staff who are asked for it (totp-required): six digits of their app. */
  totp?: string;
}

export interface EnrolmentCode {
  code: string;
  expiresAt: string;
}

export interface Episode {
  /** By question. */
  answers: Record<string, EpisodeAnswer>;
  begunAt: string;
  by: Author;
  /** What people decided about programmes. */
  choices: Array<EpisodeChoice>;
  /** Of the patient. */
  comments: Array<EpisodeComment>;
  discharge?: EpisodeDischarge;
  /** By part of the intake. */
  done: Record<string, EpisodeMark>;
  endedAt?: string;
  /** The oldest first. */
  history: Array<EpisodeStep>;
  id: string;
  patientId: string;
  /** What the patient wants to be reminded of after it: all, visits, none. */
  reminders?: string;
  /** As in FHIR EpisodeOfCare. planned: the intake goes on. */
  status: "planned" | "active" | "onhold" | "finished" | "cancelled";
}

export interface EpisodeAnswer {
  at: string;
  by: Author;
  choice?: string;
  declined?: boolean;
  words?: string;
}

export interface EpisodeBooked {
  /** The follow-up that it falls to: 7 or 30. */
  day: number;
  missed: boolean;
  start: string;
  visitId: string;
}

export interface EpisodeChoice {
  at: string;
  by: Author;
  id: string;
  joins: boolean;
  name: string;
  programme: string;
  why: string;
}

export interface EpisodeComment {
  at: string;
  id: string;
  section: string;
  words: string;
}

export interface EpisodeCriteria {
  by?: Author;
  criteria: Array<EpisodeCriterion>;
  programme: string;
}

export interface EpisodeCriterion {
  /** Of the other kinds: one of these is enough. Of diagnosis and wish: words that stand in a problem of the care plan, or in what the patient wrote. */
  any?: Array<string>;
  kind: "age" | "need" | "diagnosis" | "language" | "wish";
  /** Of the kind age: years, those with. */
  max?: number;
  /** Of the kind age: years. */
  min?: number;
}

export interface EpisodeDischarge {
  /** Version of the crisis plan that held. Left out: none. */
  crisisPlan?: number;
  doneBy?: EpisodeMark;
  followUps: Array<EpisodeFollowUp>;
  handoffId?: string;
  /** When the list of medicines was gone through last. */
  medicinesAsOf?: string;
  terms: EpisodeDischargeTerms;
  writtenBy: EpisodeMark;
}

export interface EpisodeDischargeTerms {
  fromSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** YYYY-MM-DD */
  leavesOn?: string;
  /** What is next, in words for the patient. */
  next?: string;
  /** Until when a crisis plan is to hold, where none does. */
  planBy?: string;
  /** Whom they turn to, and how. */
  reach?: string;
  reason?: "" | "goals-met" | "moves" | "own-wish" | "other-care" | "other";
  /** The same within 30 days. */
  seesOnDay30?: string;
  /** Account of who sees them within 7 days, and not on the day itself. */
  seesOnDay7?: string;
  /** Another than fromSetting makes a handoff. */
  toSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** Who cares for them next. */
  where?: string;
}

export interface EpisodeFollowUp {
  by?: EpisodeMark;
  day: number;
  dueAt: string;
  name: string;
  note?: string;
  /** seen, reached, missed. Left out: not known yet, and somebody's task. */
  outcome?: string;
  taskId: string;
}

export interface EpisodeFollowUpCounts {
  inTime: number;
  late: number;
  left: number;
  missed: number;
  open: number;
  overdue: number;
  reached: number;
}

export interface EpisodeFollowUpReport {
  rows: Array<EpisodeFollowUps>;
  unreadable: number;
}

export interface EpisodeFollowUps {
  counts?: EpisodeFollowUpCounts;
  day: number;
  few: boolean;
  name?: string;
  programme?: string;
}

export interface EpisodeMark {
  at: string;
  by: Author;
}

export interface EpisodeQuestion {
  choices: Array<string>;
  key: string;
}

export interface EpisodeSaid {
  /** One of the choices of the question. */
  choice?: string;
  /** They would rather not say: an answer too. */
  declined?: boolean;
  question: string;
  words?: string;
}

export interface EpisodeSectionView {
  /** The owner said yes to it. */
  accepted: boolean;
  dueAt?: string;
  key: string;
  /** You may write down answers. */
  mayAsk: boolean;
  /** Questions that nobody has answered. */
  open: Array<string>;
  /** Who answers for this part. Left out once it is done. */
  owner?: TaskPerson;
  questions: Array<EpisodeQuestion>;
  /** Questions of other parts whose answers are read first. */
  reads: Array<string>;
  /** What was said of it elsewhere: not to be asked again. */
  said: Array<EpisodeSaid>;
  taskId?: string;
}

export interface EpisodeStep {
  at: string;
  by: Author;
  status: string;
  why?: string;
}

export interface EpisodeSuits {
  in: boolean;
  name: string;
  programme: string;
  why: Array<EpisodeWhy>;
}

export interface EpisodeView {
  /** By question. */
  answers: Record<string, EpisodeAnswer>;
  begunAt: string;
  /** Visits after the day on which they left, up to the 30th. */
  booked: Array<EpisodeBooked>;
  by: Author;
  /** What people decided about programmes. */
  choices: Array<EpisodeChoice>;
  /** Of the patient. */
  comments: Array<EpisodeComment>;
  discharge?: EpisodeDischarge;
  /** By part of the intake. */
  done: Record<string, EpisodeMark>;
  endedAt?: string;
  /** The oldest first. */
  history: Array<EpisodeStep>;
  id: string;
  mayWork: boolean;
  /** What a discharge still needs. */
  missing: Array<string>;
  patientId: string;
  /** What the patient wants to be reminded of after it: all, visits, none. */
  reminders?: string;
  sections: Array<EpisodeSectionView>;
  /** As in FHIR EpisodeOfCare. planned: the intake goes on. */
  status: "planned" | "active" | "onhold" | "finished" | "cancelled";
}

export interface EpisodeWhy {
  /** Of the other kinds: one of these is enough. Of diagnosis and wish: words that stand in a problem of the care plan, or in what the patient wrote. */
  any?: Array<string>;
  /** What it was held against. */
  found?: string;
  kind: "age" | "need" | "diagnosis" | "language" | "wish";
  /** Of the kind age: years, those with. */
  max?: number;
  /** yes, no, unknown. What is not known is no reason against somebody. */
  met: string;
  /** Of the kind age: years. */
  min?: number;
}

export interface EraseInputBody {
  /** It can't be taken back. */
  really: true;
}

export interface ExpectFirebaseInputBody {
  email?: string;
  /** With + and the country's code. This or an e-mail address. */
  phone?: string;
}

export interface ExpectProviderInputBody {
  /** As the hospital has it. The first who comes with it, checked by the hospital, is tied to the account. */
  email: string;
}

export interface Expiry {
  at?: string;
  /** Ends when this happens. The site then revokes it. */
  event?: "end-of-treatment";
  /** Lasts until you take it back. Only for a consent of kind tpo, and for a deny. */
  none?: boolean;
}

export interface FieldProblem {
  /** Stable and machine-readable. */
  code: string;
  /** One plain sentence. */
  detail: string;
  /** JSON path in the body, or query.…, path.…, header.… */
  field: string;
}

export interface FinishedView {
  /** Whose account it is that was proved. The page opens no other lock. */
  accountId?: string;
  /** The sign-in is tied to the account that asked for it; nobody was signed in. */
  linked: boolean;
  /** Somebody has shown at the hospital once more that it is them; nobody was signed in. It is told once. */
  proved: boolean;
  /** Left out when nobody was signed in. */
  signIn?: SignedInView;
}

export interface FirebaseAgreement {
  /** The agreement with the provider, as the clinic keeps it: its name or number and day. */
  agreement: string;
  at?: string;
  /** Who said so: a name. */
  by?: string;
  /** What the SMS comes from, as it is set at Firebase. It must not name the app or what it is for. */
  senderName: string;
}

export interface FirebaseInputBody {
  device: Device;
  /** As Firebase's SDK gives it to the app. */
  idToken: string;
}

export interface FollowUpInputBody {
  note?: string;
  outcome: "seen" | "reached" | "missed";
}

export interface FormInstrument {
  everyDays: number;
  id: string;
}

export interface FormView {
  instruments: Array<InstrumentView>;
  monitoring: Monitoring;
  patientId: string;
  questions: Array<QuestionView>;
  version: number;
}

export interface FoundPage {
  audience: string;
  /** The source text has changed since. */
  behind: boolean;
  /** It is not there in the language that was asked for. */
  fallback: boolean;
  fingerprint: string;
  id: string;
  language: string;
  need: string;
  /** No clinician has reviewed it. */
  notYet: boolean;
  /** YYYY-MM-DD. */
  reviewedOn?: string;
  safety: boolean;
  summary: string;
  title: string;
  topic: string;
  /** The words that led here, and what they stand for on the page. */
  why: Array<Why>;
}

export interface Fresh {
  until: string;
}

export interface GiveConsentInputBody {
  /** With scope promise.call-for-help. */
  callForHelp?: CallForHelp;
  /** Left out for a supporter: 180 days. */
  expiry?: Expiry;
  /** Made by the client. */
  id?: string;
  kind: "sharing" | "tpo" | "counselling-notes" | "legal-proceedings";
  /** With scope promise.medicine-reminders. */
  medicineReminders?: MedicineReminders;
  provision: "permit" | "deny";
  purposes: Array<string>;
  /** An account of sharing-choices; for kind tpo treating-providers. */
  recipient: string;
  scopes: Array<string>;
  signature: Signature;
  /** The statements that were shown and accepted. */
  statements?: Array<string>;
  /** The words of the app that were read before signing. A permit needs them where a clinic signs such words (consent-words-changed, consent-words-unsigned). */
  words?: ReadWords;
}

export interface GiveHandoffInputBody {
  /** What is to be done, one thing each. */
  actions?: Array<string>;
  /** Account of who calls the patient the day after movesOn: they get a task. */
  callDay1?: string;
  /** The same, seven days after. */
  callDay7?: string;
  /** Where the setting changes: from where. */
  fromSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** Made by the client. */
  id?: string;
  /** Tasks of parts of the care plan that you lead and that go with it, once it is accepted. */
  leads?: Array<string>;
  /** YYYY-MM-DD, where the patient is. Left out of a change of setting: today. */
  movesOn?: string;
  /** YYYY-MM-DD. The next visit in the new setting. */
  nextVisitOn?: string;
  /** How ill the patient is; needed. For the team alone: the patient is answered an empty one. Of somebody unstable, and where the setting changes, everything below is needed. */
  severity: "" | "stable" | "watcher" | "unstable";
  /** What goes on now, and how the receiver finds the patient. */
  situation?: string;
  /** Needed. The patient is answered an empty one. */
  summary: string;
  /** Account of who is to take over; a clinician of the care team who writes in the care plan. */
  to: string;
  /** And to where. */
  toSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** What may happen, and what to do then. */
  whatIf?: Array<HandoffWhatIf>;
}

export interface GiveInputBody {
  /** Made by the client. */
  id?: string;
  module: string;
  /** The patient reads it. */
  why: string;
}

export interface GiveMedicineInputBody {
  /** YYYY-MM-DD. */
  on: string;
}

export interface GivePageInputBody {
  /** Made by the client. */
  id?: string;
  module: string;
  /** They read it. */
  why?: string;
}

export interface GoTo {
  /** Send the browser there. */
  redirectTo: string;
}

export interface Goal {
  acceptedAt?: string;
  achievementStatus?: string;
  /** What may get in the way. */
  barriers?: Array<string>;
  changedAt: string;
  domain: "mental-health" | "substance-use" | "health" | "relationships" | "housing" | "work" | "legal" | "other";
  id: string;
  lifecycleStatus: string;
  milestones: Array<Milestone>;
  patientId: string;
  proposedAt: string;
  proposedBy: Author;
  /** Family and friends with the scope goals.shared may see it. Only the patient sets it. */
  shared?: boolean;
  statusReason?: string;
  /** What helps. */
  strengths?: Array<string>;
  target?: GoalTarget;
  /** In the patient's own words. */
  title: string;
  /** Why it matters, in the patient's own words. */
  why?: string;
  writtenBy?: Record<string, Author>;
}

export interface GoalChange {
  at: string;
  by: Author;
  fields: Array<string>;
  goal: Goal;
  goalId: string;
  version: number;
}

export interface GoalList {
  acceptedAt?: string;
  achievementStatus?: string;
  /** What may get in the way. */
  barriers?: Array<string>;
  changedAt: string;
  domain: "mental-health" | "substance-use" | "health" | "relationships" | "housing" | "work" | "legal" | "other";
  /** For If-Match. */
  etag: string;
  id: string;
  lifecycleStatus: string;
  milestones: Array<Milestone>;
  moves: Array<string>;
  patientId: string;
  proposedAt: string;
  proposedBy: Author;
  /** Family and friends with the scope goals.shared may see it. Only the patient sets it. */
  shared?: boolean;
  statusReason?: string;
  /** What helps. */
  strengths?: Array<string>;
  target?: GoalTarget;
  /** In the patient's own words. */
  title: string;
  /** Why it matters, in the patient's own words. */
  why?: string;
  writtenBy?: Record<string, Author>;
}

export interface GoalNote {
  at: string;
  by: Author;
  goalId: string;
  id: string;
  /** It was entered in error. Who wrote it said so. */
  struck?: Struck;
  /** Empty once it was struck. */
  text: string;
}

export interface GoalProposal {
  /** What the patient said. Empty: nothing yet, or nothing that they want to tell. */
  answer?: string;
  at: string;
  by: Author;
  goalId?: string;
  id: string;
  patientId: string;
  title: string;
  why?: string;
}

export interface GoalTarget {
  /** How the value is meant. */
  comparator?: "\u003c=" | "\u003e=" | "=";
  /** YYYY-MM-DD */
  dueOn?: string;
  measure: string;
  unit?: string;
  value?: number;
}

export interface GoalTerms {
  /** What may get in the way. */
  barriers?: Array<string>;
  domain: "mental-health" | "substance-use" | "health" | "relationships" | "housing" | "work" | "legal" | "other";
  /** Family and friends with the scope goals.shared may see it. Only the patient sets it. */
  shared?: boolean;
  /** What helps. */
  strengths?: Array<string>;
  target?: GoalTarget;
  /** In the patient's own words. */
  title: string;
  /** Why it matters, in the patient's own words. */
  why?: string;
}

export interface GoalView {
  acceptedAt?: string;
  achievementStatus?: string;
  /** What may get in the way. */
  barriers?: Array<string>;
  changedAt: string;
  domain: "mental-health" | "substance-use" | "health" | "relationships" | "housing" | "work" | "legal" | "other";
  id: string;
  lifecycleStatus: string;
  milestones: Array<Milestone>;
  moves: Array<string>;
  patientId: string;
  proposedAt: string;
  proposedBy: Author;
  /** Family and friends with the scope goals.shared may see it. Only the patient sets it. */
  shared?: boolean;
  statusReason?: string;
  /** What helps. */
  strengths?: Array<string>;
  target?: GoalTarget;
  /** In the patient's own words. */
  title: string;
  /** Why it matters, in the patient's own words. */
  why?: string;
  writtenBy?: Record<string, Author>;
}

export interface Guardian {
  accountId: string;
  basis: string;
  checkedAt: string;
  checkedBy: string;
  checkedByName: string;
  document: string;
  endedAt?: string;
  endedBy?: string;
  from: string;
  name: string;
  patientId: string;
  sections: Array<string>;
  signs: boolean;
  until: string;
}

export interface Guideline {
  /** Codes of the catalogue of care plans. */
  advises?: Array<string>;
  /** Names of ingredients (RxNorm). */
  advisesMedicines?: Array<string>;
  /** Codes of the catalogue that it advises against. */
  against?: Array<string>;
  /** Names of ingredients that it advises against. */
  againstMedicines?: Array<string>;
  by: Author;
  /** UTC */
  changedAt: string;
  /** Points that are the opposite of points of others; declared at one of the two. */
  contrary?: Array<Contrary>;
  edition: string;
  /** UTC. Left out: the clinic goes by it. */
  endedAt?: string;
  id: string;
  /** What it asks for. A care plan that takes it ticks them. */
  points: Array<Point>;
  /** YYYY-MM-DD. By when the clinic asks whether it still holds; within five years. */
  reviewOn: string;
  /** UTC */
  since: string;
  /** Who publishes it. */
  source: string;
  title: string;
}

export interface HandOverInputBody {
  /** Account of a clinician of the team, or the fail-safe. */
  to: string;
}

export interface HandOverWorkInputBody {
  /** Account of somebody of the clinic. What they may not see goes to whom each team's order names. */
  to: string;
}

export interface HandoffReport {
  accepted: number;
  /** All that belongs in them was told. */
  complete: number;
  given: number;
  /** Accepted before they went up. */
  inTime: number;
  /** From giving to taking. */
  medianMinutes: number;
  /** By element, how often it was left out. */
  missing: Record<string, number>;
  /** Of those that were accepted: where a read-back was needed. None of them was accepted without. */
  needReadBack: number;
  open: number;
  /** Of all that were accepted: read back in the receiver's words. */
  readBack: number;
  /** Nobody had taken them in time. */
  wentUp: number;
}

export interface HandoffStep {
  at: string;
  by: TaskPerson;
  to?: string;
  /** given, went-up, accepted, cancelled. */
  what: string;
}

export interface HandoffTerms {
  /** What is to be done, one thing each. */
  actions?: Array<string>;
  /** Account of who calls the patient the day after movesOn: they get a task. */
  callDay1?: string;
  /** The same, seven days after. */
  callDay7?: string;
  /** Where the setting changes: from where. */
  fromSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** Tasks of parts of the care plan that you lead and that go with it, once it is accepted. */
  leads?: Array<string>;
  /** YYYY-MM-DD, where the patient is. Left out of a change of setting: today. */
  movesOn?: string;
  /** YYYY-MM-DD. The next visit in the new setting. */
  nextVisitOn?: string;
  /** How ill the patient is; needed. For the team alone: the patient is answered an empty one. Of somebody unstable, and where the setting changes, everything below is needed. */
  severity: "" | "stable" | "watcher" | "unstable";
  /** What goes on now, and how the receiver finds the patient. */
  situation?: string;
  /** Needed. The patient is answered an empty one. */
  summary: string;
  /** Account of who is to take over; a clinician of the care team who writes in the care plan. */
  to: string;
  /** And to where. */
  toSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** What may happen, and what to do then. */
  whatIf?: Array<HandoffWhatIf>;
}

export interface HandoffView {
  acceptedBy?: TaskPerson;
  /** What is to be done, one thing each. */
  actions?: Array<string>;
  /** Who may take it, the newest at the end. */
  asked: Array<TaskPerson>;
  /** Account of who calls the patient the day after movesOn: they get a task. */
  callDay1?: string;
  /** The same, seven days after. */
  callDay7?: string;
  /** Until when the first had to take it; UTC. Then it goes up. */
  dueAt: string;
  endedAt?: string;
  /** Where the setting changes: from where. */
  fromSetting?: "" | "ward" | "detox" | "clinic" | "community";
  givenAt: string;
  /** Answers for the patient until it is accepted. */
  giver: TaskPerson;
  /** The oldest first. */
  history: Array<HandoffStep>;
  id: string;
  /** Tasks of parts of the care plan that you lead and that go with it, once it is accepted. */
  leads?: Array<string>;
  /** You were asked, and may take it. */
  mayTake: boolean;
  /** You gave it. */
  mine: boolean;
  /** Elements that were left out: actions, situation, what-if, next-visit, call-day-1, call-day-7. */
  missing: Array<string>;
  /** YYYY-MM-DD, where the patient is. Left out of a change of setting: today. */
  movesOn?: string;
  /** Of who calls, by account. */
  names: Record<string, string>;
  /** Who takes it has to say in their own words what they heard. */
  needsReadBack: boolean;
  /** YYYY-MM-DD. The next visit in the new setting. */
  nextVisitOn?: string;
  /** Why it was called off. */
  note?: string;
  patientId: string;
  /** What the receiver heard, in their own words. */
  readBack?: string;
  /** How ill the patient is; needed. For the team alone: the patient is answered an empty one. Of somebody unstable, and where the setting changes, everything below is needed. */
  severity: "" | "stable" | "watcher" | "unstable";
  /** What goes on now, and how the receiver finds the patient. */
  situation?: string;
  /** requested, accepted, cancelled. */
  status: string;
  /** Needed. The patient is answered an empty one. */
  summary: string;
  /** Its clock. It ends with the handoff. */
  taskId: string;
  /** Account of who is to take over; a clinician of the care team who writes in the care plan. */
  to: string;
  /** And to where. */
  toSetting?: "" | "ward" | "detox" | "clinic" | "community";
  /** Nobody has taken it, and no channel reaches who is asked: they have a third of the time. Tell them yourself. Where one handoff is read or given. */
  unreachable: boolean;
  /** What may happen, and what to do then. */
  whatIf?: Array<HandoffWhatIf>;
}

export interface HandoffWhatIf {
  if: string;
  then: string;
}

export interface HeardInputBody {
  /** The number that wrote, E.164. */
  from: string;
  /** What it wrote. It is not kept. */
  text: string;
}

export interface Help {
  monitoring: Monitoring;
  /** Which kinds of help come first on the screen. */
  needs: Array<string>;
  numbers: EmergencyNumbers;
  planBundle: string;
  watch: AlertWatch;
}

export interface HelpAnswerInputBody {
  answer: "reached" | "cant-reach" | "in-danger";
}

export interface HelpAskInputBody {
  /** Of the list. */
  accountId: string;
}

export interface Hit {
  language: string;
  /** Of the phrase, in the list of this language and version. */
  number: number;
  version: string;
}

export interface HoldInputBody {
  /** Made by the client; the visit keeps it. */
  id?: string;
  modality: "video" | "phone" | "in-person" | "home-visit" | "asynchronous";
  patientId: string;
  /** Who comes beside the patient. */
  roles: Array<VisitRole>;
  /** In person: only there. */
  site?: string;
  start: string;
  /** Home visit: the way, there and back each. */
  travelMinutes?: number;
  /** Of GET /v1/visit-types. */
  visitType: string;
}

export interface Hours {
  end: string;
  exDates?: Array<string>;
  id: string;
  modalities?: Array<string>;
  rrule: string;
  site?: string;
  start: string;
  visitTypes?: Array<string>;
}

export interface ICEServer {
  credential?: string;
  urls: Array<string>;
  username?: string;
}

export interface ImportInputBody {
  /** The file, as it was looked at. */
  csv: string;
  /** Made by the client. The same file under the same id writes nothing twice. */
  id: string;
  kind: "people" | "paper-consents";
  /** The lines in state alike of which a person says that they are others. */
  take?: Array<number>;
}

export interface Imported {
  /** Columns, from 1, that are not read since their names are not known. */
  ignoredColumns: Array<number>;
  lines: Array<Line>;
  /** Records that can't be read, so that nothing was held against them. */
  unread: number;
}

export interface InstrumentItemView {
  label: string;
  linkId?: string;
  n: string;
  options?: Array<InstrumentOptionView>;
  text?: string;
}

export interface InstrumentOptionView {
  text?: string;
  value: number;
}

export interface InstrumentSubmission {
  /** By the item's number; the option's value, yes is 1. */
  answers: Record<string, number>;
  /** Numbers of items to which the patient would rather not say (asked-declined). They count as missing. */
  declined?: Array<string>;
  id: string;
  /** Version of the instrument that was on the screen. Left out: the one of today. */
  version?: string;
}

export interface InstrumentView {
  everyDays?: number;
  id: string;
  items: Array<InstrumentItemView>;
  language?: string;
  licence: string;
  stem?: string;
  title: string;
  version: string;
  worded: boolean;
}

export interface IntakeAnswers {
  /** You have read what somebody else wrote down, and put it right. */
  again?: boolean;
  answers: Array<EpisodeSaid>;
}

export interface Interpreting {
  answer: string;
  end: string;
  /** BCP 47. */
  language?: string;
  modality: "video" | "phone" | "in-person" | "home-visit" | "asynchronous";
  site?: string;
  /** Of your part, UTC. */
  start: string;
}

export interface InvitationView {
  /** What both agree to. Whoever holds the code reads it. */
  boundaries?: Array<string>;
  /** How long they see it, from now. 180 when left out. */
  days?: number;
  expiresAt: string;
  /** The name that the invited person knows you by. Whoever holds the code reads it. */
  from: string;
  id: string;
  madeAt: string;
  /** Whom it is for. */
  name: string;
  /** Of the crisis plan, with the scope for it. */
  planSections?: Array<"warning-signs" | "internal-coping" | "social-distraction" | "crisis-support" | "professional-support" | "lethal-means-safety" | "reason-for-living" | "naloxone" | "tolerance-loss" | "never-use-alone" | "drug-checking" | "post-overdose">;
  relationship: "parent" | "partner" | "child" | "sibling" | "other-family" | "friend" | "sponsor" | "other";
  /** None: nothing is shared yet. */
  scopes?: Array<"appointments.times" | "crisis-plan.shared-sections" | "goals.shared" | "milestones" | "messages.shared">;
  signature?: Signature;
  /** The statements that were shown and accepted. */
  statements?: Array<string>;
  /** The words of the app that were read before signing, as for a consent. With scopes only. */
  words?: ReadWords;
}

export interface InviteSupporterInputBody {
  /** What both agree to. Whoever holds the code reads it. */
  boundaries?: Array<string>;
  /** How long they see it, from now. 180 when left out. */
  days?: number;
  /** The name that the invited person knows you by. Whoever holds the code reads it. */
  from: string;
  /** Made by the client. */
  id?: string;
  /** Whom it is for. */
  name: string;
  /** Of the crisis plan, with the scope for it. */
  planSections?: Array<"warning-signs" | "internal-coping" | "social-distraction" | "crisis-support" | "professional-support" | "lethal-means-safety" | "reason-for-living" | "naloxone" | "tolerance-loss" | "never-use-alone" | "drug-checking" | "post-overdose">;
  relationship: "parent" | "partner" | "child" | "sibling" | "other-family" | "friend" | "sponsor" | "other";
  /** None: nothing is shared yet. */
  scopes?: Array<"appointments.times" | "crisis-plan.shared-sections" | "goals.shared" | "milestones" | "messages.shared">;
  signature?: Signature;
  /** The statements that were shown and accepted. */
  statements?: Array<string>;
  /** The words of the app that were read before signing, as for a consent. With scopes only. */
  words?: ReadWords;
}

export interface Invited {
  answer: string;
  /** The start that you asked for instead. */
  otherTime?: string;
  required: boolean;
}

export interface InvitedSupporter {
  /** What both agree to. Whoever holds the code reads it. */
  boundaries?: Array<string>;
  /** Shown here alone; it is kept nowhere. */
  code: string;
  /** How long they see it, from now. 180 when left out. */
  days?: number;
  expiresAt: string;
  /** The name that the invited person knows you by. Whoever holds the code reads it. */
  from: string;
  id: string;
  /** The same, to send. It opens a page that says nothing of anybody. */
  link: string;
  madeAt: string;
  /** Whom it is for. */
  name: string;
  /** Of the crisis plan, with the scope for it. */
  planSections?: Array<"warning-signs" | "internal-coping" | "social-distraction" | "crisis-support" | "professional-support" | "lethal-means-safety" | "reason-for-living" | "naloxone" | "tolerance-loss" | "never-use-alone" | "drug-checking" | "post-overdose">;
  /** Of the link: rows of 0 and 1, with the quiet zone. */
  qr: Array<string>;
  relationship: "parent" | "partner" | "child" | "sibling" | "other-family" | "friend" | "sponsor" | "other";
  /** None: nothing is shared yet. */
  scopes?: Array<"appointments.times" | "crisis-plan.shared-sections" | "goals.shared" | "milestones" | "messages.shared">;
  signature?: Signature;
  /** The statements that were shown and accepted. */
  statements?: Array<string>;
  /** The words of the app that were read before signing, as for a consent. With scopes only. */
  words?: ReadWords;
}

export interface Item {
  at: string;
  body: string;
  delivery: string;
  id: string;
  kind: string;
  missed: boolean;
  read: boolean;
  reading?: string;
  ref?: string;
  title: string;
  until: string;
  why?: string;
}

export interface JoinInvitationInputBody {
  /** They read what both agree to, and say yes. */
  agreed: boolean;
  /** In any case, with or without dashes. */
  code: string;
}

export interface JoinWaitlistInputBody {
  /** No sooner than this. */
  from?: string;
  /** Made by the client. */
  id?: string;
  /** A booked visit that is to be earlier. Who takes an offer moves it there. */
  instead?: string;
  /** It starts before this. With instead at the latest its present start. */
  to?: string;
  /** Left out with instead: the visit that is booked. */
  visit?: VisitAsk;
}

export interface JoinWindow {
  closes: string;
  opens: string;
}

export interface Joining {
  expires: string;
  /** For RTCPeerConnection. The credentials end soon. */
  iceServers: Array<ICEServer>;
  role: "lead" | "clinician" | "patient" | "supporter" | "interpreter" | "observer";
  /** Path of the WebSocket on this server. Its protocol: docs/signaling.md. */
  socket: string;
  /** Opens one connection to socket. */
  ticket: string;
}

export interface JudgeBreakGlassInputBody {
  note?: string;
  outcome: "justified" | "not-justified" | "follow-up";
}

export interface KeepGoalInputBody {
  done?: boolean;
  /** YYYY-MM-DD: the day that you have in mind. No reminder comes of it. */
  dueOn?: string;
  /** Made by the client. */
  id?: string;
  kind: "goal" | "task";
  note?: string;
  title: string;
}

export interface KeyAlgorithm {
  alg: number;
  type: string;
}

export interface KindChoice {
  /** Gathered into one prompt a day. */
  digest?: boolean;
  /** Not at all, not even in the inbox. */
  off?: boolean;
  /** What becomes of it in quiet hours. */
  quiet?: "wait" | "skip" | "pass";
  /** One after the other, until a receipt comes. Empty: inbox only. */
  steps?: Array<"push" | "local" | "email" | "sms" | "person">;
  /** Local time of day, where the reminder has none of its own. */
  time?: string;
}

export interface KindView {
  digest: boolean;
  /** It can't be changed: an alarm of the team. */
  fixed: boolean;
  kind: string;
  on: boolean;
  quiet: string;
  /** One after the other, until a receipt comes. Empty: inbox only. */
  steps: Array<string>;
  /** Local time of day, where the reminder has none of its own. */
  time?: string;
}

export interface LateStep {
  /** YYYY-MM-DD */
  dueOn: string;
  goal: string;
  goalId: string;
  title: string;
}

export interface LendInputBody {
  /** YYYY-MM-DD: when it is to come back. */
  dueOn?: string;
  /** Made by the client. */
  id?: string;
  kind: "phone" | "tablet" | "data-plan" | "other";
  /** What is written on it. */
  label: string;
}

export interface LibraryEntry {
  audience: string;
  /** The source text has changed since. */
  behind: boolean;
  /** It is not there in the language that was asked for. */
  fallback: boolean;
  fingerprint: string;
  id: string;
  language: string;
  need: string;
  /** No clinician has reviewed it. */
  notYet: boolean;
  /** YYYY-MM-DD. */
  reviewedOn?: string;
  safety: boolean;
  summary: string;
  title: string;
  topic: string;
}

export interface Line {
  /** Paper consents: who may see something by it. */
  for?: string;
  /** Of the file, from 1: the one with the names of the columns. */
  line: number;
  /** Of whom it is about; none when it is refused. */
  name?: string;
  /** Why it is refused: columns and codes, never what stands there. */
  reasons?: Array<Reason>;
  role?: string;
  /** alike is written only when it is taken; double and refused never are. */
  state: "new" | "alike" | "double" | "refused" | "made";
  twin?: Twin;
}

export interface LinkFirebaseInputBody {
  idToken: string;
}

export interface ListAccessEntry {
  items: Array<AccessEntry>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListAccount {
  items: Array<Account>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListAgreementView {
  items: Array<AgreementView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListAlertDrill {
  items: Array<AlertDrill>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListAlertRule {
  items: Array<AlertRule>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListAlertView {
  items: Array<AlertView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListApp {
  items: Array<App>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListAsked {
  items: Array<Asked>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListBreakGlassView {
  items: Array<BreakGlassView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCalendarEntry {
  items: Array<CalendarEntry>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCarePlanChange {
  items: Array<CarePlanChange>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCarePlanEntry {
  items: Array<CarePlanEntry>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCarePlanRow {
  items: Array<CarePlanRow>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCarePlanScale {
  items: Array<CarePlanScale>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCheckIn {
  items: Array<CheckIn>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListComment {
  items: Array<Comment>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListConferenceView {
  items: Array<ConferenceView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListConnectionReport {
  items: Array<ConnectionReport>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListConsentView {
  items: Array<ConsentView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListContacted {
  items: Array<Contacted>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListCopingTold {
  items: Array<CopingTold>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListDisagreementView {
  items: Array<DisagreementView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListDutyStretch {
  items: Array<DutyStretch>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListEducationGiven {
  items: Array<EducationGiven>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListEducationTextState {
  items: Array<EducationTextState>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListEducationWordsState {
  items: Array<EducationWordsState>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListEmergencyNumbers {
  items: Array<EmergencyNumbers>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListEpisode {
  items: Array<Episode>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListEpisodeSuits {
  items: Array<EpisodeSuits>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListGoalChange {
  items: Array<GoalChange>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListGoalList {
  items: Array<GoalList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListGoalNote {
  items: Array<GoalNote>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListGoalProposal {
  items: Array<GoalProposal>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListGuardian {
  items: Array<Guardian>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListGuideline {
  items: Array<Guideline>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListHandoffView {
  items: Array<HandoffView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListInstrumentView {
  items: Array<InstrumentView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListInvitationView {
  items: Array<InvitationView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListItem {
  items: Array<Item>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListLibraryEntry {
  items: Array<LibraryEntry>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListLoan {
  items: Array<Loan>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMedicineReconciliation {
  items: Array<MedicineReconciliation>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMedicineRefill {
  items: Array<MedicineRefill>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMedicineRuleFigures {
  items: Array<MedicineRuleFigures>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMeetingHead {
  items: Array<MeetingHead>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMembership {
  items: Array<Membership>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMessage {
  items: Array<Message>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListMinorRuleState {
  items: Array<MinorRuleState>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListOpenCode {
  items: Array<OpenCode>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListOwnGoalList {
  items: Array<OwnGoalList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPatientSummary {
  items: Array<PatientSummary>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPeerContract {
  items: Array<PeerContract>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPeerMatch {
  items: Array<PeerMatch>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPerson {
  items: Array<Person>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPlanHolding {
  items: Array<PlanHolding>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPlanRehearsal {
  items: Array<PlanRehearsal>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPlanReview {
  items: Array<PlanReview>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPlanVersion {
  items: Array<PlanVersion>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListPossibleGuest {
  items: Array<PossibleGuest>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListProgrammeList {
  items: Array<ProgrammeList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListQuestionView {
  items: Array<QuestionView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListReferralLine {
  items: Array<ReferralLine>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListReferralPartnerView {
  items: Array<ReferralPartnerView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListReferralView {
  items: Array<ReferralView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListResourceList {
  items: Array<ResourceList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListRestrictedChart {
  items: Array<RestrictedChart>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListRestrictionHint {
  items: Array<RestrictionHint>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListRotaList {
  items: Array<RotaList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSeriesVisit {
  items: Array<SeriesVisit>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSession {
  items: Array<Session>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSessionView {
  items: Array<SessionView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSideEffectChoice {
  items: Array<SideEffectChoice>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSideEffectReport {
  items: Array<SideEffectReport>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSlot {
  items: Array<Slot>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSupporterView {
  items: Array<SupporterView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListSupporting {
  items: Array<Supporting>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListTaperPlan {
  items: Array<TaperPlan>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListTaskView {
  items: Array<TaskView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListThreadView {
  items: Array<ThreadView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListVerdict {
  items: Array<Verdict>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListVisitList {
  items: Array<VisitList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListVisitTypeList {
  items: Array<VisitTypeList>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListWaitView {
  items: Array<WaitView>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface ListWorry {
  items: Array<Worry>;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface Loan {
  /** Ids of the signed-in devices that are known to be it. */
  devices: Array<string>;
  /** YYYY-MM-DD: when it is to come back. */
  dueOn?: string;
  endedAt?: string;
  /** The name of who took it back. */
  endedBy?: string;
  givenAt: string;
  givenBy: Author;
  id: string;
  kind: "phone" | "tablet" | "data-plan" | "other";
  /** What is written on it. */
  label: string;
  patientId: string;
  state: "given" | "returned" | "lost" | "wiped";
}

export interface Local {
  end: string;
  start: string;
  zone: string;
}

export interface Location {
  address?: string;
  /** Stable, for hours and visits. */
  id: string;
  name: string;
  /** IANA time zone. */
  zone: string;
}

export interface Look {
  consentId: string;
  /** Within two weeks. */
  endsSoon: boolean;
  scopes: Array<string>;
  until?: string;
}

export interface LookAtImportInputBody {
  /** The file, at most 500 lines and 500,000 bytes. Its first line names the columns. */
  csv: string;
  /** Made by the client; the same that the import is sent with. */
  id: string;
  kind: "people" | "paper-consents";
}

export interface MailReturn {
  /** gone: the report says that the mailbox is not there. failed: that this mail did not arrive. none: it is no report of a mail of ours that failed, such as one of a delay. */
  outcome: "gone" | "failed" | "none";
}

export interface MailReturnInputBody {
  /** The mail as it came (RFC 5322), in base64; 256 kB at most before that. It is not kept. */
  message: string;
}

export interface MakeProgrammeInputBody {
  /** Account that answers when nobody else does. Left out: the clinic's. */
  failSafe?: string;
  /** When somebody answers about its patients. Left out: the clinic's. */
  hours?: AlertHours;
  /** Made by the client. */
  id?: string;
  /** Who is asked, of assigned, cover, lead and supervisor; always in this order, and after them the fail-safe. */
  levels: Array<string>;
  name: string;
}

export interface Mark {
  at: string;
  channel?: string;
  note?: string;
  what: string;
}

export interface MarkInputBody {
  useful?: "" | "yes" | "no";
}

export interface Medicine {
  /** Times of day where the person is (here) or at home, or a fixed interval (every). */
  clock: "here" | "home" | "every";
  /** here, home. Empty: every day. */
  days?: Array<"MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU">;
  /** every: hours from one time to the next, 24 at least. */
  everyHours?: number;
  /** every: the first time. */
  first?: string;
  /** Made by the client; it stays the same when the times change. */
  id: string;
  /** here, home: local times of day, such as 09:00, in order. */
  times?: Array<string>;
}

export interface MedicineAddedRule {
  /** Ingredients, or groups with @. */
  a: Array<string>;
  b: Array<string>;
  instead: string;
  severity: "contraindicated" | "major" | "moderate" | "minor";
  source: string;
  why: string;
}

export interface MedicineAdverse {
  at: string;
  by: Author;
  /** FHIR verificationStatus. */
  certainty: "unconfirmed" | "confirmed" | "refuted" | "entered-in-error";
  changedAt: string;
  changedBy: Author;
  id: string;
  ingredients: Array<MedicineIngredient>;
  kind: "allergy" | "intolerance";
  known: boolean;
  /** YYYY-MM-DD. */
  on?: string;
  patientId: string;
  severity: "mild" | "moderate" | "severe";
  substance: string;
  useRelated: boolean;
  /** What happened. */
  what: string;
}

export interface MedicineAdverseTerms {
  /** FHIR verificationStatus. */
  certainty: "unconfirmed" | "confirmed" | "refuted" | "entered-in-error";
  kind: "allergy" | "intolerance";
  /** YYYY-MM-DD. */
  on?: string;
  severity: "mild" | "moderate" | "severe";
  substance: string;
  /** What happened. */
  what: string;
}

export interface MedicineAmount {
  unit: "mg" | "mcg" | "g" | "mL" | "mg/mL" | "%" | "units" | "mmol";
  value: number;
}

export interface MedicineAsk {
  fact: string;
  /** The order needs an answer; that nobody knows is one. */
  required: boolean;
  rules: Array<string>;
}

export interface MedicineCalm {
  atMostDaily?: number;
  below?: number;
  fact?: string;
  freshDays?: number;
  ingredient?: string;
  is?: Array<string>;
  to: string;
  unit?: string;
}

export interface MedicineChange {
  added?: MedicineAddedRule;
  at: string;
  by: Author;
  do: string;
  endedAt?: string;
  endedBy?: Author;
  id: string;
  rule?: string;
  signedAt?: string;
  signedBy?: Author;
  until: string;
  why: string;
}

export interface MedicineChecked {
  asks: Array<MedicineAsk>;
  /** Results that medicines of the list want. */
  duties: Array<MedicineDuty>;
  findings: Array<MedicineFinding>;
  /** Not everything is shared with you: what is hidden was used for nothing. */
  incomplete: boolean;
  /** Lines with an ingredient that no rule knows. */
  notChecked: Array<string>;
  /** rules-unreadable: nothing was checked. */
  refused?: string;
  until?: string;
  version?: string;
  /** rules-soon-old: sixty days are left. rules-old: they are older than a year. */
  warning?: string;
}

export interface MedicineDayTaking {
  doses: Array<MedicineTaking>;
  on: string;
  /** taken, skipped, not-asked (nothing asked that day), no-data (it was asked, and nobody answered). */
  state: string;
}

export interface MedicineDuty {
  due: string;
  fact: string;
  ingredient: string;
  instead: string;
  last?: string;
  overdue: boolean;
  rule: string;
  why: string;
}

export interface MedicineEarly {
  everyDays: number;
  untilDays: number;
}

export interface MedicineFact {
  code: "ecg-qtc" | "naloxone" | "pregnancy" | "opioid-free-days" | "lithium-level" | "kidney-thyroid" | "anc" | "liver" | "weight";
  number?: number;
  /** Of the day when it was so. */
  on: string;
  /** naloxone: yes, no, unknown. pregnancy: yes, no, possible, unknown. kidney-thyroid, liver: done. */
  word?: string;
}

export interface MedicineFinding {
  /** A fact that is known makes it matter less. */
  calmed?: boolean;
  /** It interrupts each time, and not once for a new pair. */
  eachTime: boolean;
  ingredients: Array<string>;
  instead: string;
  /** The order stops here until somebody says why it goes on. */
  interrupts: boolean;
  items: Array<string>;
  /** Names it, for the reason to go on. */
  key: string;
  kind: string;
  mayPass: boolean;
  /** It is about buprenorphine or methadone: they are not withheld for it. */
  moud: boolean;
  rule: string;
  severity: string;
  source: string;
  /** R: read at its source. K: from general knowledge. P: our own design. */
  tag: string;
  /** Nobody knows the fact that it asks for. */
  unknown?: boolean;
  /** Whose decision it is: prescriber, or both. */
  who: string;
  why: string;
}

export interface MedicineGoOn {
  /** Of the finding. */
  key: string;
  reason: string;
}

export interface MedicineIngredient {
  /** RxNorm. */
  code?: string;
  name: string;
}

export interface MedicineLine {
  addedAt: string;
  addedBy: Author;
  changedAt: string;
  /** How much a day, for rules that ask. */
  daily?: MedicineAmount;
  /** Of an order: how much to take and when, as the prescriber writes it. Nobody else does. */
  directions?: string;
  /** Of a depot: days between two doses. */
  everyDays?: number;
  form?: "tablet" | "capsule" | "film" | "patch" | "liquid" | "injection" | "depot" | "inhaler" | "drops" | "spray" | "other";
  id: string;
  /** With RxNorm's code (SAB=RXNORM) where one was verified. */
  ingredients: Array<MedicineIngredient>;
  /** The rules know all of its ingredients. */
  known: boolean;
  /** Of a depot, YYYY-MM-DD. */
  lastDoseOn?: string;
  /** As it is on the label, or as the person says it. What no rule knows is kept as text, and is not checked. */
  name: string;
  /** What interrupted the order, and why it went on. For people of the clinic. */
  passed?: Array<MedicinePass>;
  patientId: string;
  /** Of one from elsewhere: who prescribes it. */
  prescribedBy?: string;
  /** Of an order: who to ask. */
  prescriber?: Author;
  renewedAt?: string;
  replaces?: string;
  /** Version of the rules that it was checked with. */
  rules?: string;
  /** Why there is a second line of the same. */
  secondLine?: string;
  /** Where it is given or prescribed. One line for each ingredient and setting. */
  setting?: string;
  /** YYYY-MM-DD. */
  since?: string;
  source: string;
  status: string;
  stop?: MedicineStop;
  strength?: MedicineAmount;
  /** How it is taken, in the patient's words. */
  taken?: string;
  /** Why it was not checked, or not wholly: rules-unreadable, not-known. */
  unchecked?: string;
  /** It tells of treatment for substance use, or of use: a part of the chart of its own. */
  useRelated: boolean;
  /** What for, in the patient's words. */
  why?: string;
}

export interface MedicineList {
  adverse: Array<MedicineAdverse>;
  /** For people of the clinic. */
  checked?: MedicineChecked;
  facts: Array<MedicineFact>;
  /** Not everything is shared with you. */
  incomplete: boolean;
  /** What is taken first, then what was stopped, the newest first. */
  items: Array<MedicineLine>;
  mayAdd: boolean;
  mayOrder: boolean;
  /** Cursor of the next page; empty at the end. */
  next: string;
  /** When somebody last went through the list. */
  reviewedAt?: string;
  /** The mark of the tablets that hold now: a phone that keeps others has an old copy. */
  tablets?: string;
}

export interface MedicinePass {
  at: string;
  by: Author;
  key: string;
  reason: string;
  rule: string;
}

export interface MedicineReconciledLine {
  medicineId: string;
  says: "same" | "differs" | "not-taken";
  /** What is different. */
  words?: string;
}

export interface MedicineReconciliation {
  at: string;
  by: Author;
  id: string;
  /** Empty where not everything of the list is shared with you. */
  lines: Array<MedicineReconciledLine>;
  missing?: Array<string>;
  note?: string;
  occasion: string;
  patientId: string;
}

export interface MedicineRefill {
  /** In plain words: the patient reads it. */
  answerSay?: string;
  answeredAt?: string;
  answeredBy?: Author;
  at: string;
  by: Author;
  id: string;
  /** YYYY-MM-DD: the day on which it will be used up. */
  lastsTo?: string;
  medicineId: string;
  name: string;
  patientId: string;
  pharmacy?: string;
  /** YYYY-MM-DD: from when it can be fetched. */
  readyOn?: string;
  status: string;
  words?: string;
}

export interface MedicineReminders {
  /** After the patient's own time: 0, 30 or 60. */
  afterMinutes: number;
  way: "push" | "sms" | "email";
}

export interface MedicineRule {
  a: Array<string>;
  atLeast?: number;
  b?: Array<string>;
  below?: number;
  calm?: MedicineCalm;
  early?: Array<MedicineEarly>;
  everyDays?: number;
  fact?: string;
  freshDays?: number;
  id: string;
  instead: string;
  is?: Array<string>;
  kind: string;
  onc?: Array<number>;
  severity: string;
  source: string;
  tag: string;
  who: string;
  why: string;
  with?: Array<string>;
  within?: Record<string, number>;
}

export interface MedicineRuleBook {
  /** Of the clinic, with those that have ended. */
  changes: Array<MedicineChange>;
  groups: Array<string>;
  ingredients: number;
  /** Of the names and codes of ingredients. */
  licence: string;
  refused?: string;
  rules: Array<MedicineRule>;
  until?: string;
  version?: string;
  warning?: string;
}

export interface MedicineRuleFigures {
  /** The order did not go on as it was. */
  actedOn: number;
  fired: number;
  /** More than nine of ten went on, over sixty interruptions: look at this rule. */
  review: boolean;
  rule: string;
  wentOn: number;
}

export interface MedicineStop {
  at: string;
  by: Author;
  on: string;
  /** The line that took its place; nobody wrote why, then. */
  replacedBy?: string;
  why: string;
}

export interface MedicineStrengthOf {
  form: "tablet" | "capsule" | "film";
  /** As orders have it. */
  name: string;
  /** It has a score to break it at. */
  scored?: boolean;
  strength: MedicineAmount;
}

export interface MedicineStrengths {
  items: Array<MedicineStrengthOf>;
}

export interface MedicineSupplyEntry {
  at: string;
  by: Author;
  /** Of fetched. */
  days?: number;
  id: string;
  /** fetched: from a pharmacy, or handed out, for so many days; the team writes it. lost: as it was told. said: what the patient says of it. */
  kind: "fetched" | "lost" | "said";
  medicine: string;
  medicineId: string;
  /** YYYY-MM-DD. */
  on: string;
  patientId: string;
  useRelated: boolean;
  words?: string;
}

export interface MedicineSupplyFact {
  daysEarly?: number;
  /** fetched-early, lost, two-sources. A fact to ask about, and no label. */
  kind: string;
  medicine: string;
  /** Entries, or lines of the list, that show it. */
  of: Array<string>;
  on?: string;
}

export interface MedicineSupplyView {
  entries: Array<MedicineSupplyEntry>;
  facts: Array<MedicineSupplyFact>;
  incomplete: boolean;
}

export interface MedicineTablets {
  /** When this was true. After 24 hours a phone says so before it shows anything; after 72 it shows no tablets. */
  at: string;
  checkIns: Array<MedicineToldInCheckIn>;
  lines: Array<MedicineTakingLine>;
  /** Names these tablets. A phone that knows of another mark holds an old copy. */
  mark: string;
  plans: Array<MedicineTabletsOf>;
  told: Array<MedicineTaking>;
}

export interface MedicineTabletsOf {
  call: TaperCall;
  days: Array<TaperDay>;
  id: string;
  medicineId: string;
  name: string;
  paused: boolean;
  signedAt: string;
  /** The prescriber who wrote what holds now. */
  signedBy: string;
  words?: string;
}

export interface MedicineTaking {
  at?: string;
  by: Author;
  medicineId: string;
  on: string;
  patientId: string;
  state: string;
  toldAt: string;
  /** reminder or team. */
  via: string;
}

export interface MedicineTakingLine {
  /** Which words are for who is late. None says what to take. */
  late: "methadone" | "buprenorphine" | "naltrexone" | "clozapine" | "lithium" | "lamotrigine" | "other";
  medicineId: string;
  name: string;
}

export interface MedicineTakingOf {
  days: Array<MedicineDayTaking>;
  late: "methadone" | "buprenorphine" | "naltrexone" | "clozapine" | "lithium" | "lamotrigine" | "other";
  medicineId: string;
  name: string;
}

export interface MedicineToldInCheckIn {
  on: string;
  /** all, some or none: it was told there, and is not asked again. */
  says: string;
}

export interface MedicineWordsInputBody {
  /** How it is taken, in the patient's words. */
  taken: string;
  /** What for, in the patient's words. */
  why: string;
}

export interface Medicines {
  items: Array<Medicine>;
}

export interface MeetingDecisionView {
  /** Who was asked to do it. */
  asked: TaskPerson;
  at: string;
  by: Author;
  /** Until when; within two years. */
  dueAt: string;
  /** The same in plain words for the patient. Left out: the patient is not shown it. */
  forPatient?: string;
  /** The words for the patient are above grade 6 (English). */
  hard?: boolean;
  id: string;
  meetingId: string;
  /** What came of it, or why not. */
  outcome?: string;
  overdue: boolean;
  /** Who answers for it now. */
  owner: TaskPerson;
  patientId: string;
  /** What the patient says about it. */
  patientView?: string;
  /** Of the care plan: those that came from it. */
  planVersions?: Array<number>;
  /** The disciplines that are needed were there. */
  quorum: boolean;
  /** Of its task. completed: done; cancelled: not done, and outcome says why. */
  status: string;
  taskId: string;
  /** What was decided, for the team. */
  text: string;
  /** Account of who does it: they are asked. Until they accept, it is that of who wrote it down. */
  to: string;
}

export interface MeetingHead {
  calledOff: boolean;
  end: string;
  /** That of its conference. */
  meetingId: string;
  /** You are in it. */
  mine: boolean;
  start: string;
  /** The patient was told of it. */
  told: boolean;
  /** For the team. */
  topic?: string;
}

export interface MeetingHearer {
  accountId: string;
  /** Whether they come. */
  answer: string;
  discipline?: string;
  /** They may read this patient's care plan. */
  mayHear: boolean;
  name: string;
  present: boolean;
}

export interface MeetingLine {
  decision: string;
  sentences: Array<string>;
  /** The team's words for the patient, as they were written. */
  text: string;
}

export interface MeetingPage {
  /** The open ones. */
  alerts?: Array<AlertView>;
  /** Steps of goals whose day went by: a reason to talk. */
  late?: Array<LateStep>;
  meeting: MeetingView;
  /** The parts that are not for you: goals. */
  withheld: Array<string>;
}

export interface MeetingReport {
  decided: number;
  done: number;
  /** Of all that was decided. */
  donePercent: number;
  /** Of those that are open. */
  late: number;
  /** Called off, with the reason why. */
  notDone: number;
  open: number;
  /** Decided while a discipline that is needed was not there. */
  withoutQuorum: number;
}

export interface MeetingRoster {
  end: string;
  meetingId: string;
  /** Of those, who is not there. */
  missing: Array<string>;
  /** Disciplines that have to be there. */
  quorum: Array<string>;
  seats: Array<MeetingSeat>;
  start: string;
}

export interface MeetingSeat {
  accountId: string;
  /** Whether they come. */
  answer: string;
  discipline?: string;
  name: string;
  present: boolean;
}

export interface MeetingSummary {
  closing: string;
  language: string;
  lines: Array<MeetingLine>;
  opening: Array<string>;
}

export interface MeetingTold {
  at: string;
  by: Author;
  words?: string;
}

export interface MeetingView {
  calledOff: boolean;
  decisions: Array<MeetingDecisionView>;
  /** Open decisions of other meetings. */
  earlier: Array<MeetingDecisionView>;
  end: string;
  /** What the patient was told last beside the decisions, when and by whom. */
  lastTold?: MeetingTold;
  /** That of its conference. */
  meetingId: string;
  /** You are in it. */
  mine: boolean;
  patientId: string;
  patientName: string;
  /** What members added to talk about. */
  points: Array<MeetingVoice>;
  /** Who is in the meeting. Who may not hear of this patient should wait outside. */
  seats: Array<MeetingHearer>;
  start: string;
  /** The patient was told of it. */
  told: boolean;
  /** For the team. */
  topic?: string;
  /** What was said in writing, the oldest first. Read it first. */
  voices: Array<MeetingVoice>;
}

export interface MeetingVoice {
  at: string;
  by: Author;
  discipline?: string;
  id: string;
  text: string;
}

export interface Membership {
  accountId: string;
  discipline?: string;
  endAsked?: EndAsked;
  id: string;
  lead: boolean;
  name: string;
  patientId: string;
  role: string;
  since: string;
  until?: string;
}

export interface Message {
  at: string;
  by: ThreadParty;
  /** Phrases that a person should look at. For the team alone. */
  hits?: Array<Hit>;
  id: string;
  /** A part of the clinic's records could not be read when it came; a worker goes on with it. */
  late?: boolean;
  /** From 1, in its thread. */
  number: number;
  patientId: string;
  text: string;
  threadId: string;
  urgency: string;
}

export interface Milestone {
  addedBy: Author;
  doneAt?: string;
  /** YYYY-MM-DD */
  dueOn?: string;
  /** What shows that it is done. */
  evidence?: string;
  id: string;
  status?: "open" | "done" | "dropped";
  title: string;
}

export interface MilestoneTerms {
  /** YYYY-MM-DD */
  dueOn?: string;
  /** What shows that it is done. */
  evidence?: string;
  status?: "open" | "done" | "dropped";
  title: string;
}

export interface MinorRuleSigned {
  at: string;
  by: Author;
  counsel: string;
  endedAt?: string;
  endedBy?: Author;
  fingerprint: string;
  jurisdiction: string;
  /** Whom the proposer asked to sign too; any other administrator can. */
  second: Author;
  signedAt?: string;
  signedBy?: Author;
  /** The task of who was asked. */
  taskId: string;
}

export interface MinorRuleState {
  aloneMentalHealth: number;
  aloneSubstanceUse: number;
  /** It is of the place that the operator named. */
  chosen: boolean;
  fingerprint: string;
  jurisdiction: string;
  mark: string;
  name: string;
  parentSees: Array<string>;
  signed?: MinorRuleSigned;
  source: string;
  /** Only in-force opens anything. changed: the program ships another rule than the one that was signed. */
  state: "unsigned" | "proposed" | "in-force" | "changed" | "ended" | "unreadable";
}

export interface Mistake {
  at: string;
  questions: Array<string>;
}

export interface MistakeInputBody {
  /** Ids of questions, or of questionnaires, that this check-in answers. */
  questions: Array<string>;
}

export interface Monitoring {
  hours: string;
  reviewedOn?: string;
  who?: string;
}

export interface MoveConferenceInputBody {
  start: string;
}

export interface MoveEpisodeInputBody {
  status: "active" | "onhold" | "cancelled";
  /** Needed for a hold and for a cancellation. */
  why?: string;
}

export interface MoveGoalInputBody {
  reason?: string;
  /** One of the goal's moves. */
  to: "proposed" | "planned" | "accepted" | "active" | "on-hold" | "completed" | "cancelled" | "entered-in-error" | "rejected";
}

export interface MoveRestInputBody {
  /** recurrenceId of the first visit that moves. */
  from: string;
  /** Its new start. All that follow move by as much on the wall clock; visits that were moved alone stay. */
  start: string;
}

export interface Naloxone {
  kits?: Array<NaloxoneKit>;
  /** People who know how to use it. */
  responders?: Array<string>;
}

export interface NaloxoneKit {
  /** YYYY-MM-DD */
  expiresOn?: string;
  form?: "nasal" | "injectable";
  location: string;
  whoKnows?: string;
}

export interface NamePasskeyInputBody {
  name: string;
}

export interface Needs {
  help?: Array<"large-print" | "captions" | "sign-language" | "step-free" | "someone-with-me" | "quiet-room">;
  interpreter?: string;
  note?: string;
  /** By what a visit can come to somebody who can't come to it. */
  offers?: Array<"video" | "home-visit">;
  phone?: "own" | "shared" | "no-data" | "none";
  transport?: "fine" | "no-ride" | "far" | "cost" | "unsafe" | "body";
}

export interface NeedsBody {
  help?: Array<"large-print" | "captions" | "sign-language" | "step-free" | "someone-with-me" | "quiet-room">;
  /** BCP 47: the language for which an interpreter is needed. */
  interpreter?: string;
  note?: string;
  /** What the patient has for a visit by video. Left out: not asked. */
  phone?: "own" | "shared" | "no-data" | "none";
  /** What is in the way of coming. Left out: not asked. */
  transport?: "fine" | "no-ride" | "far" | "cost" | "unsafe" | "body";
}

export interface NeedsPerson {
  tier: string;
  /** Codes of the notes that are why. */
  why: Array<string>;
}

export interface NeverUseAlone {
  name?: string;
  phone?: PlanPhone;
  text?: string;
}

export interface NewAccountInputBody {
  /** YYYY-MM-DD */
  birthDate?: string;
  /** ISO 3166-1 alpha-2. The site's when left out. */
  country?: string;
  /** For clinicians only. */
  discipline?: string;
  /** Made by the client, so that a repeated call is the same account. */
  id?: string;
  /** BCP 47. The site's when left out. */
  language?: string;
  name: string;
  /** For partners only: their organisation. */
  partnerId?: string;
  /** With + and the country's code, as people write it; kept as E.164, with an extension as in RFC 3966. */
  phone?: string;
  preferredName?: string;
  role: "patient" | "supporter" | "guardian" | "interpreter" | "partner" | "clinician" | "coordinator" | "administrator";
  /** IANA time zone. The site's when left out. */
  zone?: string;
}

export interface NewAgreement {
  /** How soon the others look at a change. */
  answerHours: number;
  /** What is tried besides medicine. */
  besides?: Array<string>;
  /** Made by the client. */
  id?: string;
  /** What is done at effects that can't be borne. */
  intolerable?: Array<AgreementIntolerable>;
  /** Two or more; you are one of them. */
  prescribers: Array<AgreedPrescriber>;
  /** When doses are looked at. */
  reviewEveryDays: number;
  /** Account. */
  reviewOwner: string;
  signs?: Array<AgreedSign>;
  watches?: Array<AgreedWatch>;
}

export interface NewApp {
  /** It has a secret (client_secret_basic). */
  confidential: boolean;
  createdAt: string;
  /** Its client_id. */
  id: string;
  /** Where it is started from inside of Handrail. */
  launchUrl?: string;
  name: string;
  redirectUris: Array<string>;
  /** Of a confidential app, shown this one time. */
  secret?: string;
}

export interface NewAppInputBody {
  /** It can keep a secret: it runs on a server. */
  confidential?: boolean;
  /** Made by the client; it is the app's client_id. */
  id?: string;
  launchUrl?: string;
  /** As people will read it. */
  name: string;
  /** Each to the letter. */
  redirectUris: Array<string>;
}

export interface NewFeed {
  createdAt: string;
  /** Subscribe to this address of the site. It is shown this once: whoever has it can read when your visits are. */
  path: string;
}

export interface NewMedicine {
  /** How much a day, for rules that ask. */
  daily?: MedicineAmount;
  /** Of an order: how much to take and when, as the prescriber writes it. Nobody else does. */
  directions?: string;
  /** Of a depot: days between two doses. */
  everyDays?: number;
  /** What the rules asked for. Each is kept for the next order. */
  facts?: Array<MedicineFact>;
  form?: "tablet" | "capsule" | "film" | "patch" | "liquid" | "injection" | "depot" | "inhaler" | "drops" | "spray" | "other";
  /** Of an order that was interrupted: why it goes on, for each finding. */
  goOn?: Array<MedicineGoOn>;
  /** Made by the client. */
  id?: string;
  /** Of a depot, YYYY-MM-DD. */
  lastDoseOn?: string;
  /** As it is on the label, or as the person says it. What no rule knows is kept as text, and is not checked. */
  name: string;
  /** Of one from elsewhere: who prescribes it. */
  prescribedBy?: string;
  /** The line that this one takes the place of: another amount or form. It ends with this order. */
  replaces?: string;
  /** Why there is a second line of the same. */
  secondLine?: string;
  /** Where it is given or prescribed. One line for each ingredient and setting. */
  setting?: string;
  /** YYYY-MM-DD. */
  since?: string;
  /** here: an order of a prescriber of this clinic. Else what comes from somewhere else, as it was told. */
  source: "here" | "elsewhere" | "over-the-counter" | "street";
  strength?: MedicineAmount;
  /** How it is taken, in the patient's words. */
  taken?: string;
  /** What for, in the patient's words. */
  why?: string;
}

export interface NewPasskeyInputBody {
  attestationObject: string;
  clientDataJSON: string;
  /** base64url, as all that follows: PublicKeyCredential.toJSON(). */
  id: string;
  /** What its person calls it. */
  name: string;
  transports?: Array<string>;
}

export interface NewPlan {
  /** How much a day before the plan. It is raised to what the list knows. */
  before: number;
  /** Whom the patient calls who is not sure. */
  call: TaperCall;
  /** Made by the client. */
  id?: string;
  kind: "start" | "taper";
  /** The order on the list. */
  medicineId: string;
  /** Why it is as fast as it is, where the guard asks. */
  reason?: string;
  /** The plan that ends as this one begins. */
  replaces?: string;
  /** YYYY-MM-DD. A plan that is signed later begins on that day, with all of its days. */
  startsOn: string;
  steps: Array<TaperStep>;
  /** Of all amounts of the plan. */
  unit: "mg" | "mcg" | "g" | "units" | "mmol";
  /** How it is taken, as the prescriber writes it. */
  words?: string;
}

export interface NewReaction {
  /** FHIR verificationStatus. */
  certainty: "unconfirmed" | "confirmed" | "refuted" | "entered-in-error";
  /** Made by the client. */
  id?: string;
  kind: "allergy" | "intolerance";
  /** YYYY-MM-DD. */
  on?: string;
  severity: "mild" | "moderate" | "severe";
  substance: string;
  /** What happened. */
  what: string;
}

export interface NewReconciliation {
  /** Made by the client. */
  id?: string;
  /** Each line that is taken, once. */
  lines: Array<MedicineReconciledLine>;
  /** What is taken and is not on the list, in words. A photo is not kept. */
  missing?: Array<string>;
  note?: string;
  occasion: "intake" | "discharge" | "regular" | "other";
}

export interface NewReferral {
  /** Made by the client. */
  id?: string;
  /** The patient's name goes with it. */
  name?: boolean;
  need: "housing" | "food" | "work" | "legal" | "transport" | "safety" | "company";
  partnerId: string;
  /** Their phone number goes with it. */
  phone?: boolean;
  /** Account that is asked to own it. Left out: you. */
  to?: string;
  /** What the partner is asked for. The patient reads it before they sign, and the partner after. */
  words: string;
}

export interface NewRefill {
  /** Made by the client. */
  id?: string;
  medicineId: string;
  words?: string;
}

export interface NewRuleChange {
  /** Of add: the rule. */
  added?: MedicineAddedRule;
  do: "add" | "silence";
  /** Made by the client. */
  id?: string;
  /** Of silence: the rule. */
  rule?: string;
  /** It ends by itself, within a year. */
  until: string;
  why: string;
}

export interface NewSideEffect {
  effects: Array<"sleepy" | "cannot-sleep" | "dizzy" | "headache" | "nausea" | "belly" | "constipation" | "dry-mouth" | "rash" | "other" | "restless" | "sweating" | "sexual" | "shaking" | "weight-up" | "thoughts-of-dying" | "bleeding" | "fever-stiff-confused" | "seizure" | "stiff" | "drooling" | "fast-heart" | "fever-sore-throat" | "tooth-or-mouth" | "withdrawal" | "cannot-wake" | "yellow-skin" | "unsteady" | "forgetful" | "swelling" | "thirsty" | "diarrhoea" | "hair-loss" | "skin-blisters" | "no-appetite" | "chest-pain" | "fainted" | "hard-to-breathe" | "face-swelling">;
  /** YYYY-MM-DD. */
  endedOn?: string;
  /** Made by the client. */
  id?: string;
  /** A line of the list. Left out: who tells does not know which one it is. */
  medicineId?: string;
  severity: "mild" | "moderate" | "severe";
  /** YYYY-MM-DD. */
  startedOn?: string;
  words?: string;
}

export interface NewSupply {
  /** Of fetched. */
  days?: number;
  /** Made by the client. */
  id?: string;
  /** fetched: from a pharmacy, or handed out, for so many days; the team writes it. lost: as it was told. said: what the patient says of it. */
  kind: "fetched" | "lost" | "said";
  medicineId: string;
  /** YYYY-MM-DD. */
  on: string;
  words?: string;
}

export interface NewTOTP {
  /** The same as a QR code: rows of 0 and 1. */
  qr: Array<string>;
  /** base32, to type */
  secret: string;
  /** otpauth:, for an app on the same device */
  uri: string;
}

export interface NewTask {
  /** What it follows from. */
  basedOn?: Array<TaskReference>;
  /** Until when; within two years. */
  dueAt: string;
  /** What it is about. It says which part of the chart somebody has to be allowed to read. */
  focus?: TaskReference;
  /** Made by the client. */
  id?: string;
  /** Whom it is about. */
  patientId?: string;
  /** Anybody of this group may claim it. on-duty: it is at once that of who is on duty by the rotas; where nobody is, who leads the team is asked. */
  pool?: "care-team" | "clinicians" | "coordinators" | "administrators" | "on-duty";
  /** Left out: routine. */
  priority?: "routine" | "urgent" | "asap";
  /** When its owner is reminded first. Left out: a day before it is due, or half-way. */
  remindAt?: string;
  /** What is to be done. The patient is not shown it. */
  text: string;
  /** Account that is asked. Without it and without pool the task is yours. */
  to?: string;
}

export interface NoticeSignInputBody {
  /** Made by the client. */
  id?: string;
}

export interface NumberChecksInputBody {
  numbers: Array<PlanNumberReport>;
}

export interface NumberToCall {
  display: string;
  href: string;
  kind: string;
  name?: string;
  toConfirm?: boolean;
}

export interface ObservationIn {
  code: ConceptIn;
  /** With its time and zone. */
  effectiveDateTime: string;
  resourceType: "Observation";
  /** What is not final is no result yet. */
  status: "final" | "amended" | "corrected";
  subject: ReferenceToSubject;
  valueCodeableConcept?: ConceptIn;
  valueQuantity?: QuantityIn;
}

export interface OddEvent {
  end?: string;
  /** Where it is kept taken. Missing when its time can't be told: then it keeps nobody from booking. */
  start?: string;
  /** What was not understood: its time (no-time: at all; time: in part), its time zone, how it comes again, an exception to that, a change of all that follow, a damaged line, a kind of entry that is not read. */
  why: "no-time" | "time" | "zone" | "rule" | "exception" | "following" | "broken" | "not-offered";
}

export interface Offer {
  boundaries: Array<string>;
  /** Until when one can say yes. */
  expiresAt: string;
  from: string;
  name: string;
  relationship: string;
  scopes: Array<string>;
  /** When the look into what is shared ends. */
  until: string;
}

export interface OfferInputBody {
  /** The authenticator is to make sure that it is its person, as it must for staff. */
  verified?: boolean;
}

export interface OfferView {
  /** UTC */
  end: string;
  /** On the patient's clock. */
  local: Local;
  /** UTC */
  start: string;
  /** It is kept until then. */
  until: string;
}

export interface Offered {
  id: string;
  name: string;
}

export interface OfficerInputBody {
  /** Where nobody has the duty, every administrator has. */
  on: boolean;
}

export interface OpenCode {
  expiresAt: string;
  id: string;
  /** How they made sure who it is, for somebody who came back. */
  identityChecked?: Array<string>;
  /** Not known of codes that an older program made. */
  madeAt?: string;
  /** Who made it: a name. */
  madeBy?: string;
}

export interface Opening {
  end: string;
  modalities?: Array<string>;
  site?: string;
  start: string;
  visitTypes?: Array<string>;
}

export interface OpeningInputBody {
  /** Made by the client. */
  id?: string;
  kind: "patient" | "family" | "team";
  message: ThreadDraft;
  /** Whom it is about; a patient may leave it out. */
  patientId?: string;
  subject?: string;
  /** Account of the supporter, of kind family; their consent must be in force. */
  supporterId?: string;
}

export interface OwnAccount {
  country: string;
  createdAt: string;
  discipline?: string;
  id: string;
  language: string;
  name: string;
  partnerId?: string;
  patientId?: string;
  /** You do what a privacy officer does: you are named as one, or you are an administrator and nobody is. */
  privacyDuty?: boolean;
  privacyOfficer?: boolean;
  role: string;
  status: string;
  zone: string;
}

export interface OwnGoal {
  done?: boolean;
  doneAt?: string;
  /** YYYY-MM-DD: the day that you have in mind. No reminder comes of it. */
  dueOn?: string;
  id: string;
  kind: "goal" | "task";
  madeAt: string;
  note?: string;
  title: string;
}

export interface OwnGoalList {
  done?: boolean;
  doneAt?: string;
  /** YYYY-MM-DD: the day that you have in mind. No reminder comes of it. */
  dueOn?: string;
  /** For If-Match. */
  etag: string;
  id: string;
  kind: "goal" | "task";
  madeAt: string;
  note?: string;
  title: string;
}

export interface OwnGoalTerms {
  done?: boolean;
  /** YYYY-MM-DD: the day that you have in mind. No reminder comes of it. */
  dueOn?: string;
  kind: "goal" | "task";
  note?: string;
  title: string;
}

export interface PINView {
  /** There were too many wrong tries. Set it anew after another way in. */
  locked: boolean;
  setAt: string;
}

export interface PageFor {
  at: string;
  id: string;
  module: string;
  why?: string;
}

export interface PageMark {
  kind: "visit" | "missed-visit" | "medicine-begun" | "medicine-stopped";
  /** Of a medicine what it is called, of a visit its kind (an id of a visit type). */
  name: string;
  /** YYYY-MM-DD, the patient's. */
  on: string;
}

export interface Paper {
  /** UTC */
  at: string;
  /** Who recorded it. */
  by: Author;
  /** Who works at the clinic and saw the paper. */
  seenBy: Author;
  /** YYYY-MM-DD */
  signedOn: string;
}

export interface Parameter {
  name: "appointment-reference";
  valueReference: ReferenceToHold;
}

export interface Parameters {
  id?: string;
  parameter: Array<Parameter>;
  resourceType: "Parameters";
}

export interface PartChanges {
  /** How many changes, by anybody but you. */
  count: number;
  lastAt: string;
  /** Who made the newest: a name. */
  lastBy: string;
  section: string;
}

export interface ParticipantView {
  end: string;
  kind: string;
  name?: string;
  otherTime?: string;
  required: boolean;
  role: string;
  start: string;
  status: string;
  who: string;
}

export interface PartnerMove {
  /** Whether they came. Needed to complete it. */
  attended?: boolean;
  /** When the person can come; within a year. */
  bookedFor?: string;
  status: "accepted" | "rejected" | "in-progress" | "on-hold" | "completed" | "failed";
  /** Needed for a no, a pause and an end. The patient and their team read it. */
  words?: string;
}

export interface Passkey {
  createdAt: string;
  /** base64url, for PublicKeyCredential.signalUnknownCredential. */
  credentialId: string;
  id: string;
  name: string;
  /** It is kept by a password manager and works on several devices. */
  synced: boolean;
  usedAt?: string;
}

export interface PasskeyCreation {
  /** PublicKeyCredentialCreationOptions in JSON (WebAuthn Level 3). */
  publicKey: PasskeyCreationPublicKeyStruct;
}

export interface PasskeyCreationPublicKeyStruct {
  attestation: string;
  authenticatorSelection: AuthenticatorSelectionStruct;
  /** base64url */
  challenge: string;
  excludeCredentials: Array<CredentialName>;
  pubKeyCredParams: Array<KeyAlgorithm>;
  rp: RPStruct;
  user: UserStruct;
}

export interface PasskeyInputBody {
  device: Device;
  passkey: Assertion;
}

export interface PasskeyRequest {
  /** PublicKeyCredentialRequestOptions in JSON (WebAuthn Level 3). */
  publicKey: PasskeyRequestPublicKeyStruct;
  /** Seconds after which an offer that stands on a screen asks for the next one. The challenge holds ten minutes longer. */
  renewIn: number;
}

export interface PasskeyRequestPublicKeyStruct {
  allowCredentials: Array<CredentialName>;
  /** base64url */
  challenge: string;
  rpId: string;
  userVerification: string;
}

export interface Patient {
  accountId: string;
  birthDate?: string;
  country: string;
  createdAt: string;
  id: string;
  language: string;
  name: string;
  phone?: string;
  preferredName?: string;
  recordNumber?: string;
  zone: string;
}

export interface PatientPage {
  /** The open ones. */
  alerts?: Array<AlertView>;
  /** Of the plan, the newest first, at most five. */
  changes?: Array<CarePlanChange>;
  /** What happened in these days, to be read beside the trends, at most 60. */
  marks?: Array<PageMark>;
  plan: CarePlanView;
  /** The open ones about the patient, what is due first in front, at most 30. */
  tasks?: Array<TaskView>;
  team?: Array<Membership>;
  /** Mood, craving and sleep, for 30 days. */
  trends?: Array<Trend>;
  /** The parts that are not for you: team, trends, visits, medicines. */
  withheld: Array<string>;
}

export interface PatientSummary {
  changedAt?: string;
  changes?: number;
  id: string;
  name: string;
  restricted?: boolean;
  why: string;
}

export interface PeerAsk {
  /** Made by the client. */
  id?: string;
  peerId: string;
  /** What the peer reads beside your name. Nothing else of the record. */
  words?: string;
}

export interface PeerContract {
  /** The number that the partner has agreed to; 0: none holds. */
  agreed: number;
  answeredAt?: string;
  endedAt?: string;
  id: string;
  /** Counts what it says. */
  number: number;
  partnerId: string;
  partnerName: string;
  patientId: string;
  patientName: string;
  status: "asked" | "together" | "declined" | "ended";
  terms: PeerTerms;
  writtenAt: string;
}

export interface PeerFit {
  accountId: string;
  /** Only if you choose to share it. */
  gender?: "" | "woman" | "man" | "another";
  hours: Array<"mornings" | "afternoons" | "evenings" | "weekends">;
  /** BCP 47. */
  languages: Array<string>;
  /** Which of the wishes they meet. */
  meets: Array<string>;
  name: string;
  /** You can be asked now. It is your yes to answer within three days. */
  open: boolean;
  /** How many people at once, 0 to 50. */
  places: number;
  /** What you have lived through, as far as you choose to share it. */
  shares: Array<"alcohol" | "opioids" | "other-drugs" | "depression" | "anxiety" | "voices" | "trauma" | "no-home" | "prison" | "parent" | "loss">;
  words?: string;
}

export interface PeerMatch {
  answeredAt?: string;
  askedAt: string;
  /** Until when the peer answers; UTC. */
  dueAt: string;
  endedAt?: string;
  id: string;
  patientId: string;
  patientName: string;
  peerId: string;
  peerName: string;
  status: "asked" | "together" | "declined" | "ended";
  /** The peer's task to answer. */
  taskId: string;
  words?: string;
}

export interface PeerPage {
  /** At most 20, who meets most wishes first. */
  fits: Array<PeerFit>;
  /** The newest first. */
  matches: Array<PeerMatch>;
  wish: PeerWish;
}

export interface PeerProfile {
  accountId: string;
  /** Only if you choose to share it. */
  gender?: "" | "woman" | "man" | "another";
  hours: Array<"mornings" | "afternoons" | "evenings" | "weekends">;
  /** BCP 47. */
  languages: Array<string>;
  name: string;
  /** You can be asked now. It is your yes to answer within three days. */
  open: boolean;
  /** How many people at once, 0 to 50. */
  places: number;
  /** What you have lived through, as far as you choose to share it. */
  shares: Array<"alcohol" | "opioids" | "other-drugs" | "depression" | "anxiety" | "voices" | "trauma" | "no-home" | "prison" | "parent" | "loss">;
  words?: string;
}

export interface PeerProfileTerms {
  /** Only if you choose to share it. */
  gender?: "" | "woman" | "man" | "another";
  hours: Array<"mornings" | "afternoons" | "evenings" | "weekends">;
  /** BCP 47. */
  languages: Array<string>;
  /** You can be asked now. It is your yes to answer within three days. */
  open: boolean;
  /** How many people at once, 0 to 50. */
  places: number;
  /** What you have lived through, as far as you choose to share it. */
  shares: Array<"alcohol" | "opioids" | "other-drugs" | "depression" | "anxiety" | "voices" | "trauma" | "no-home" | "prison" | "parent" | "loss">;
  words?: string;
}

export interface PeerTerms {
  /** What I ask of you; at least one. */
  ask: Array<string>;
  /** What you may ask me. */
  mayAsk: Array<string>;
  /** What you never do. */
  never: Array<string>;
  /** How often you may ask; needed. */
  often: "" | "daily" | "some-days" | "weekly" | "when-i-ask";
}

export interface PeerWish {
  /** Kept to. */
  gender?: "" | "woman" | "man" | "another";
  hours: Array<"mornings" | "afternoons" | "evenings" | "weekends">;
  /** Kept to. */
  language?: string;
  /** Who shares more of it comes first. */
  shares: Array<"alcohol" | "opioids" | "other-drugs" | "depression" | "anxiety" | "voices" | "trauma" | "no-home" | "prison" | "parent" | "loss">;
}

export interface Person {
  accountId: string;
  /** The last call about this alert. */
  called?: Call;
  name: string;
  relationship?: string;
  terms: CallForHelp;
}

export interface PhoneInputBody {
  /** With its country, as people write it: +14155550100. Empty: take it away. */
  phone: string;
  /** The person agrees, now, to get SMS. It is written down. */
  sms: boolean;
}

export interface PinInputBody {
  /** 6 to 12 digits that are not easy to guess. */
  pin: string;
}

export interface PinSignInInputBody {
  pin: string;
  /** The last one that this device had. */
  refreshToken: string;
}

export interface Place {
  /** ISO 3166-1, where a proxy of the clinic says one. */
  country?: string;
  /** The network that it came from, shortened: /24 of IPv4, /48 of IPv6. */
  network?: string;
  /** A private network, or the machine of the clinic itself. */
  private?: boolean;
}

export interface PlanAssentInputBody {
  /** For a clinician who writes down that the patient confirmed it. */
  how?: "paper" | "in-person";
  /** With how: the patient's local day of it, YYYY-MM-DD, at most 31 days ago. */
  on?: string;
  /** Every section that the draft takes away from the plan in force: it is said before anybody confirms. The difference in the plan names them. */
  removes?: Array<string>;
  version: number;
  /** With in-person: the name of somebody else who was there. */
  witness?: string;
}

export interface PlanCompany {
  kind?: "person" | "place";
  name: string;
  note?: string;
  phone?: PlanPhone;
}

export interface PlanConfirmation {
  at: string;
  by: Author;
  how?: "paper" | "in-person";
  /** The patient's local day on which they confirmed it, YYYY-MM-DD. */
  on?: string;
  /** Who was there, by name. */
  witness?: string;
}

export interface PlanContent {
  crisisSupport?: Array<PlanHelper>;
  drugChecking?: DrugChecking;
  internalCoping?: Array<PlanCoping>;
  /** The agreed steps and who helps, never a list of what somebody owns. Talk it through together. */
  lethalMeansSafety?: Array<PlanMeansStep>;
  naloxone?: Naloxone;
  neverUseAlone?: NeverUseAlone;
  postOverdose?: Array<PostOverdoseStep>;
  /** The crisis lines of the country are always added; nothing here can take them away. */
  professionalSupport?: PlanProfessionals;
  /** Never required. Photos and sounds stay on the device. */
  reasonForLiving?: string;
  /** Company and places. Nothing says that these people know. */
  socialDistraction?: Array<PlanCompany>;
  toleranceLoss?: Array<ToleranceLoss>;
  /** What tells me to open this plan. Three or more help most. */
  warningSigns?: Array<PlanSign>;
}

export interface PlanCoping {
  /** An exercise whose steps come with the plan. */
  exercise?: "slow-breathing" | "five-senses" | "tight-and-loose";
  text: string;
}

export interface PlanDepartment {
  address?: string;
  name: string;
  phone?: PlanPhone;
}

export interface PlanDifference {
  adds: Array<string>;
  changes: Array<string>;
  /** Sections of the plan in force of which nothing would be left. */
  removes: Array<string>;
}

export interface PlanDue {
  by: string;
  on: string;
  trigger: string;
}

export interface PlanHelper {
  /** This person was asked and said yes. */
  agreed: boolean;
  /** The patient is fine with the team telling this person of a crisis. A wish, not a consent. */
  mayBeTold: boolean;
  name: string;
  phone: PlanPhone;
  relationship?: string;
}

export interface PlanHolding {
  at: string;
  deviceId: string;
  deviceName: string;
  holds: number;
  newest: number;
  since: string;
  staleSince?: string;
}

export interface PlanHours {
  /** Day and night. Then there is nothing else to say. */
  always?: boolean;
  open?: Array<PlanOpen>;
  /** IANA time zone of the clock. */
  zone?: string;
}

export interface PlanMeansStep {
  done?: boolean;
  /** YYYY-MM-DD */
  doneOn?: string;
  /** Who keeps it. */
  heldBy?: string;
  text: string;
}

export interface PlanNumberInputBody {
  version: number;
}

export interface PlanNumberReport {
  number: string;
  works: boolean;
}

export interface PlanOpen {
  /** Weekdays as in iCalendar: MO, TU, WE, TH, FR, SA, SU. */
  days: Array<string>;
  /** HH:MM */
  from: string;
  /** HH:MM, 24:00 for the end of the day. Not later than from: on the next day. */
  to: string;
}

export interface PlanPhone {
  /** As people there write it. The number itself when left out. */
  display?: string;
  /** With + and the country's code (E.164), and an extension as in RFC 3966; pasted numbers are understood. A service may have a short code, such as 988. */
  number: string;
  takes?: "calls" | "texts" | "both";
}

export interface PlanPin {
  etag: string;
  href: string;
  since: string;
  /** 0: no plan is in use yet; the numbers to call are still worth keeping. */
  version: number;
}

export interface PlanProfessional {
  agency?: string;
  hours?: PlanHours;
  name: string;
  phone: PlanPhone;
  /** Day on which the clinic renewed its own number or hours. Not kept when it is sent. */
  renewedOn?: string;
}

export interface PlanProfessionals {
  contacts?: Array<PlanProfessional>;
  emergencyDepartment?: PlanDepartment;
}

export interface PlanRehearsal {
  at: string;
  id: string;
  opened: boolean;
  patientId: string;
  /** From the tap to the plan on the screen, in milliseconds. */
  tookMillis: number;
  /** Account of family or a friend who practised with you. Left out: you were alone. */
  with?: string;
}

export interface PlanRenewalTerms {
  /** When somebody answers it; as before when left out. */
  hours?: PlanHours;
  /** The number that holds now; it may be the same. */
  phone: PlanPhone;
  /** The clinic's own number as the plan shows it: of a contact whose agency is the clinic. */
  was: string;
}

export interface PlanReview {
  at: string;
  by: Author;
  id: string;
  note?: string;
  on: string;
  patientId: string;
  /** The follow-up after an acute event has done its work. Clinicians only. */
  settled?: boolean;
  version: number;
}

export interface PlanSign {
  kind?: "thought" | "image" | "mood" | "situation" | "behaviour";
  text: string;
}

export interface PlanTriggerInputBody {
  /** Local day; today when left out. */
  on?: string;
  trigger: "screening" | "thoughts" | "use-after-break" | "overdose" | "discharge" | "medicine-change" | "contact-unreachable";
}

export interface PlanVersion {
  activatedAt?: string;
  at: string;
  by: Author;
  confirmed: Array<PlanConfirmation>;
  content: PlanContent;
  declinedAt?: string;
  from: number;
  patientId: string;
  state: string;
  supersededAt?: string;
  version: number;
  why?: string;
  written: Record<string, PlanWriting>;
}

export interface PlanView {
  /** The version that holds. */
  active?: PlanVersion;
  /** The numbers of the clinic itself, which the team renews at once. */
  clinicNumbers?: Array<string>;
  /** What the draft would change in the plan in force. */
  difference?: PlanDifference;
  /** The newest version, when it does not hold yet: it waits for the patient's word, beside the plan in force. */
  draft?: PlanVersion;
  /** Number of the newest version; 0: none is written yet. The ETag begins with it. */
  newest: number;
  /** Local day on which to practise opening the plan. */
  nextRehearsalOn?: string;
  /** How each number is marked. */
  numbers?: Record<string, string>;
  reviewsDue?: Array<PlanDue>;
  /** For a supporter: what is shared, and nothing else. */
  shared?: SharedPlan;
  /** By supporter's account id. For the patient. */
  sharing?: Record<string, Array<string>>;
}

export interface PlanWriting {
  at: string;
  by: Array<Author>;
  version: number;
}

export interface Point {
  /** Made by the client; it stays when the words are put right. */
  id: string;
  text: string;
}

export interface PossibleGuest {
  accountId: string;
  name: string;
  relationship: string;
}

export interface PostOverdoseStep {
  /** YYYY-MM-DD */
  doneOn?: string;
  step: "contact-team" | "refill-naloxone" | "restart-medicine";
}

export interface PreferredWindow {
  /** RFC 5545 weekdays. */
  days: Array<"MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU">;
  /** HH:MM */
  from: string;
  /** HH:MM, after from; 24:00 is midnight. */
  to: string;
}

export interface PresentInputBody {
  present: boolean;
}

export interface Preview {
  breaks: Array<Broken>;
  windows: Array<Local>;
}

export interface PreviewSharingInputBody {
  /** Of the circle. Left out: somebody who is not here yet. */
  accountId?: string;
  /** That they would see of the plan. Left out: those that they see now. */
  planSections?: Array<string>;
  /** That you think of giving, beside what is given. */
  scopes?: Array<string>;
}

export interface Problem {
  /** The nearest times that are possible. */
  alternatives?: Array<Slot>;
  /** Of interrupted: what the rules found, what to do instead, and whose decision it is. */
  checked?: MedicineChecked;
  /** Stable and machine-readable. */
  code: string;
  /** A time that is not possible: everything that is in the way. */
  conflicts?: Array<Conflict>;
  /** One plain sentence that says what to do next. */
  detail: string;
  /** Which fields were refused, all at once. */
  errors?: Array<FieldProblem>;
  /** The id of the request, as in X-Request-Id: tell it when you ask for help. */
  instance: string;
  /** The HTTP status. */
  status: number;
  /** The sort of problem; the same for all of its sort. */
  title: string;
  /** Where this sort of problem is described. */
  type: string;
  /** Of a series: the visits that can't be, each with what is in its way and times near it. */
  visits?: Array<SeriesVisit>;
  /** Of step-up-required: the ways that your account has to show that it is you. */
  ways?: Array<string>;
  /** Of a 401: this device must forget all that it holds of its person, the crisis plan too. Somebody ended it on purpose; the code says how (ended-by-owner, reported-lost, given-back, shared-device, person-erased). A patient's device keeps what it has after every other 401. */
  wipe?: boolean;
}

export interface ProgrammeChoice {
  /** Made by the client. */
  id?: string;
  joins: boolean;
  programme: string;
  /** The patient reads it. */
  why: string;
}

export interface ProgrammeCriteria {
  criteria: Array<EpisodeCriterion>;
}

export interface ProgrammeList {
  changedAt?: string;
  changedBy?: Author;
  endedAt?: string;
  etag: string;
  /** Account that answers when nobody else does. Left out: the clinic's. */
  failSafe?: string;
  /** When somebody answers about its patients. Left out: the clinic's. */
  hours?: AlertHours;
  /** clinic: of everybody who is in no other. */
  id: string;
  /** Who is asked, of assigned, cover, lead and supervisor; always in this order, and after them the fail-safe. */
  levels: Array<string>;
  name: string;
  /** It has not begun: its patients follow the clinic's hours and order. */
  untried?: boolean;
}

export interface Promise {
  changedAt: string;
  /** What I do on a bad day. */
  do: Array<string>;
  /** What I don't do. */
  dont: Array<string>;
}

export interface PromiseInputBody {
  /** What I do on a bad day. */
  do: Array<string>;
  /** What I don't do. */
  dont: Array<string>;
}

export interface ProposeGoalInputBody {
  /** What may get in the way. */
  barriers?: Array<string>;
  domain: "mental-health" | "substance-use" | "health" | "relationships" | "housing" | "work" | "legal" | "other";
  /** Made by the client. */
  id?: string;
  /** Family and friends with the scope goals.shared may see it. Only the patient sets it. */
  shared?: boolean;
  /** What helps. */
  strengths?: Array<string>;
  target?: GoalTarget;
  /** In the patient's own words. */
  title: string;
  /** Why it matters, in the patient's own words. */
  why?: string;
}

export interface ProposeRuleInputBody {
  /** Who read the law for the clinic, and when. */
  counsel: string;
  /** Of the rule that you read: nothing else is signed. */
  fingerprint: string;
  /** Account of another administrator, who is asked to sign too. */
  second: string;
}

export interface ProposeSwapInputBody {
  /** LocalDateTime (RFC 8984) on the rota's clock. */
  from: string;
  /** Left out: you. Somebody else for the office. */
  givenBy?: string;
  /** Made by the client. */
  id?: string;
  takenBy: string;
  to: string;
}

export interface ProvidersView {
  /** Patients and supporters can sign in by Firebase. */
  firebase: boolean;
  providers: Array<Offered>;
}

export interface PushDevice {
  channel?: string;
  /** Drop the token that you have and register a new one. */
  freshTokenWanted: boolean;
  registered: boolean;
  seenAt?: string;
  /** Whether pushes arrive: live; resting or set-aside, they do not, until a fresh token comes; refused, the last one did not. */
  state?: "live" | "resting" | "refused" | "set-aside";
}

export interface PushDeviceInputBody {
  /** Web Push: the subscription's secret. */
  auth?: string;
  /** Sessions of other people who use this same device and keep the token. Left out: whoever else had it loses it. */
  beside?: Array<string>;
  channel: "fcm" | "webpush";
  /** Web Push: the subscription's key. */
  p256dh?: string;
  /** Of FCM; or the endpoint of a Web Push subscription. */
  token: string;
  /** IANA: the clock that this device goes by. */
  zone?: string;
}

export interface PushKey {
  /** The applicationServerKey to subscribe with (RFC 8292), base64url. */
  key: string;
}

export interface QuantityIn {
  /** UCUM. */
  code: string;
  value: number;
}

export interface QuestionView {
  ask: string;
  /** What each choice means, by its code. */
  choiceTexts?: Record<string, string>;
  choices?: Array<string>;
  high?: string;
  id: string;
  kind: string;
  low?: string;
  max: number;
  maxText?: number;
  min: number;
  safety: boolean;
  unit?: string;
}

export interface QuorumInputBody {
  /** Those that have to be there. A decision without them says so. */
  disciplines: Array<string>;
}

export interface RPStruct {
  id: string;
  name: string;
}

export interface RaiseDisagreementInputBody {
  /** Until when, UTC; within two years. Then who leads the team is asked. */
  dueAt: string;
  /** Account that is asked to bring it to an end. Needed; who has it now is the owner. */
  facilitator: string;
  /** The same in plain words: the patient is asked what they would have. Needed. */
  forPatient: string;
  /** Made by the client. */
  id?: string;
  /** Items of the care plan that it is about. */
  items?: Array<string>;
  /** What is to be settled, for the team. Needed; the patient is answered an empty one. */
  question: string;
  /** Needed. protocols: guidelines of the care plan that say opposite things, named in items. The patient is answered an empty one. */
  subject: "" | "care" | "roles" | "protocols";
}

export interface RaiseInputBody {
  /** Made by the client. */
  id?: string;
  tier: "elevated" | "urgent" | "emergent";
  /** What you noticed. For the team; the patient is not shown it. */
  words: string;
}

export interface RateCarePlanInputBody {
  answer: "helpful" | "a-little" | "not-helpful";
  /** Made by the client. */
  id?: string;
}

export interface Reach {
  emailBounced: boolean;
  phoneBounced: boolean;
  reached: boolean;
}

export interface ReadInputBody {
  /** Of the last message that you have read. */
  number: number;
}

export interface ReadInvitationInputBody {
  /** In any case, with or without dashes. */
  code: string;
}

export interface ReadTogetherInputBody {
  /** Ids. Several at once only when none of them has a signal. */
  checkIns: Array<string>;
}

export interface ReadWords {
  /** Of the words, as listEducationWords has it: the first 16 characters of the base64url SHA-256 over each name, a zero byte, the text and a line feed, in the order of the names. */
  fingerprint: string;
  /** BCP 47, in which they were read. */
  language: string;
}

export interface Reason {
  code: string;
  detail: string;
  field: string;
}

export interface ReceivePlanInputBody {
  /** Not needed: the session knows the device. */
  deviceId?: string;
  /** The version that this device holds now. */
  version: number;
}

export interface RecordInputBody {
  basis: "court-order" | "power-of-attorney" | "parent";
  /** What was looked at: the court and its number, or who certified it and when. */
  document: string;
  from: string;
  /** What the document opens to read. Left out: nothing. */
  sections?: Array<"profile" | "care-team" | "goals" | "check-ins" | "crisis-plan" | "appointments" | "consents" | "access-log" | "education" | "medicines" | "substance-use-medicines">;
  /** It lets them sign consents for the patient, and take them back. */
  signs?: boolean;
  /** It ends by itself then; at most three years after its beginning. */
  until: string;
}

export interface RecoveryCodes {
  codes: Array<string>;
}

export interface RecoveryInputBody {
  /** In any case, with or without dashes. */
  code: string;
  device: Device;
}

export interface ReferenceToHold {
  display?: string;
  /** Appointment/… */
  reference: string;
  type?: string;
}

export interface ReferenceToSubject {
  /** Patient/… */
  reference: string;
}

export interface ReferralAround {
  family: Array<ReferralMember>;
  needs: Array<ReferralAsked>;
  /** Needs with which help is wanted and that no open referral is about. */
  open: Array<string>;
  referrals: Array<ReferralView>;
  team: Array<ReferralMember>;
}

export interface ReferralAsked {
  /** The check-in in which it was said. Left out: it was said elsewhere. What you send here is not read. */
  checkInId?: string;
  need: "housing" | "food" | "work" | "legal" | "transport" | "safety" | "company";
  /** help: wants help with it. fine: needs none. later: not now. */
  wants: "help" | "fine" | "later";
  words?: string;
}

export interface ReferralContent {
  /** The clinic. Its name alone tells what kind of care it gives. */
  from: string;
  /** Left out: the partner does not learn it. */
  name?: string;
  need: string;
  /** The statement of 42 CFR 2.32 that goes with it. */
  notice: string;
  noticeVersion: string;
  phone?: string;
  words: string;
}

export interface ReferralForPartner {
  attended?: boolean;
  bookedFor?: string;
  dueAt: string;
  id: string;
  /** What you can move it to. */
  may: Array<string>;
  need: string;
  outcome?: ReferralSaid;
  sent: ReferralContent;
  status: string;
}

export interface ReferralLine {
  bookedFor?: string;
  dueAt: string;
  id: string;
  need: string;
  status: string;
}

export interface ReferralMember {
  discipline?: string;
  lead?: boolean;
  name: string;
  relationship?: string;
  role: string;
}

export interface ReferralPartnerView {
  about?: string;
  /** How many referrals it holds at once, 0 to 10,000. 0: it takes nobody now. */
  capacity: number;
  endedAt?: string;
  id: string;
  name: string;
  needs: Array<"housing" | "food" | "work" | "legal" | "transport" | "safety" | "company">;
  /** With + and the country's code. */
  phone?: string;
  /** Within how many days it answers, 1 to 60. */
  replyDays: number;
  since: string;
  /** How many of its places are taken. */
  taken: number;
}

export interface ReferralSaid {
  at: string;
  /** The patient's answer: yes, partly, no. */
  helped?: string;
  words?: string;
}

export interface ReferralSigning {
  signature: Signature;
  statements: Array<"revocation" | "redisclosure" | "refusal">;
  /** Until when the partner may see it; within a year. */
  until: string;
}

export interface ReferralSocialNeeds {
  /** When it was said last. Left out: never. */
  at?: string;
  needs: Array<ReferralAsked>;
}

export interface ReferralStep {
  at: string;
  side: "patient" | "clinic" | "partner";
  status: string;
  words?: string;
}

export interface ReferralView {
  attended?: boolean;
  bookedFor?: string;
  by: Author;
  consentId?: string;
  /** Until when the next step is due; of one that ended without help, until when its owner finds another way. */
  dueAt: string;
  /** What happened, the oldest first. */
  history: Array<ReferralStep>;
  id: string;
  madeAt: string;
  /** What came of it, in the partner's words. */
  outcome?: ReferralSaid;
  overdue: boolean;
  /** Who answers for it. Left out once all is done. */
  owner?: TaskPerson;
  partnerId: string;
  partnerName: string;
  patientId: string;
  /** The same in the patient's words. */
  patientOutcome?: ReferralSaid;
  /** Within how many days the partner answers. */
  replyDays: number;
  /** Exactly what goes to the partner. */
  sent: ReferralContent;
  /** The partner sees it now. */
  shared: boolean;
  /** As in the SDOH Clinical Care guide. draft: the patient has not signed. */
  status: "draft" | "requested" | "accepted" | "rejected" | "in-progress" | "on-hold" | "completed" | "cancelled" | "failed";
  /** The task of who answers for it. */
  taskId: string;
}

export interface RefreshInputBody {
  refreshToken: string;
}

export interface RehearsePlanInputBody {
  /** Made by the client. */
  id?: string;
  opened: boolean;
  /** From the tap to the plan on the screen, in milliseconds. */
  tookMillis: number;
  /** Account of family or a friend who practised with you. Left out: you were alone. */
  with?: string;
}

export interface RelatedInputBody {
  relationship: "parent" | "partner" | "child" | "sibling" | "other-family" | "friend" | "sponsor" | "other";
}

export interface RelatedPerson {
  accountId: string;
  agreement?: Agreement;
  from?: string;
  name: string;
  pages?: Array<PageFor>;
  patientId: string;
  rehearsedOn?: string;
  relationship: string;
  since: string;
}

export interface RemindersInputBody {
  reminders: "all" | "visits" | "none";
}

export interface RenewConsentInputBody {
  /** Of the new consent, made by the client. */
  id?: string;
  signature: Signature;
  /** The statements that were shown and accepted. */
  statements: Array<string>;
  /** As for a new consent. */
  words?: ReadWords;
}

export interface RescheduleInputBody {
  start: string;
}

export interface Resource {
  availability?: Availability;
  id: string;
  languages?: Array<string>;
  name: string;
}

export interface ResourceList {
  availability?: Availability;
  /** False: an interpreter without an account that can sign in. Nobody would come. */
  bookable: boolean;
  /** For If-Match. */
  etag: string;
  id: string;
  languages?: Array<string>;
  name: string;
}

export interface RestrictInputBody {
  /** Accounts of the care team who may read it still; one of them treats. */
  readers: Array<string>;
  reason: "works-here" | "relative-works-here" | "asked";
}

export interface RestrictedChart {
  accountId?: string;
  by: string;
  byName: string;
  byRole: string;
  changedAt: string;
  endedAt?: string;
  on: boolean;
  patientId: string;
  patientName?: string;
  readers: Array<RestrictionReader>;
  reason: string;
  since: string;
}

export interface RestrictionHint {
  patientId: string;
  patientName: string;
  relationship?: string;
  staffName: string;
  why: string;
}

export interface RestrictionReader {
  accountId: string;
  discipline?: string;
  name: string;
  role: string;
}

export interface RestrictionView {
  by: string;
  byName: string;
  byRole: string;
  changedAt: string;
  choices?: Array<RestrictionReader>;
  endedAt?: string;
  mayChange: boolean;
  on: boolean;
  patientId: string;
  patientName?: string;
  readers: Array<RestrictionReader>;
  reason: string;
  since: string;
}

export interface ReviewPlanInputBody {
  /** Made by the client. */
  id?: string;
  note?: string;
  /** The follow-up after an acute event has done its work. Clinicians only. */
  settled?: boolean;
}

export interface RotaList {
  changedAt: string;
  changedBy: Author;
  /** It is asked for patients who have it on their team. Left out: for all. */
  discipline?: string;
  endedAt?: string;
  /** For If-Match. */
  etag: string;
  id: string;
  leave?: Array<DutyLeave>;
  name: string;
  /** It declares that somebody answers day and night. Urgent and emergent alerts are asked about outside of the hours too. */
  onCall: boolean;
  /** Where two hold, the last of the list counts. */
  overrides?: Array<DutyOverride>;
  people: Array<DutyNamed>;
  /** Id of a programme: it is asked for its patients, before rotas for all. Left out: for all. */
  programme?: string;
  serves: "cover" | "supervisor";
  /** Where two hold, the first of the list is on duty, and the next one when they are away. */
  shifts: Array<DutyShift>;
  /** For people to read: one of the clinic's sites. */
  site?: string;
  swaps?: Array<DutySwap>;
  unreachable?: Array<DutyNamed>;
  zone: string;
}

export interface SavePlanInputBody {
  content: PlanContent;
  /** The reason of the change. */
  why?: string;
}

export interface ScoredResponse {
  algorithm: string;
  answers: Record<string, number>;
  declined?: Array<string>;
  instrument: string;
  instrumentVersion: string;
  result: Record<string, unknown>;
}

export interface SearchAnswer {
  found: Array<FoundPage>;
  /** Show the numbers to call above all that was found: the words may mean a life in danger. */
  help: boolean;
}

export interface SearchInputBody {
  audience?: "patient" | "family" | "both";
  /** BCP 47. The clinic's own when left out. */
  language?: string;
  /** In the person's own words. It is kept nowhere. */
  typed: string;
}

export interface Seat {
  claim: Span;
  end: string;
  kind: string;
  local: Local;
  optional?: boolean;
  role: string;
  start: string;
  who: string;
}

export interface SendInputBody {
  /** Made by the client. */
  id?: string;
  text: string;
  /** Calls nobody at once. */
  urgency?: "routine" | "urgent";
}

export interface Series {
  max: number;
  measure: string;
  min: number;
  /** One a day. A day without an answer has a null and says why; nothing is guessed. */
  points: Array<SeriesPoint>;
  unit?: string;
}

export interface SeriesAsk {
  /** Visits that are left out, or are at another time than the rule says. */
  changes?: Array<SeriesChange>;
  /** RFC 5545, with COUNT or UNTIL, at most 52 visits: FREQ=WEEKLY;COUNT=8 */
  rrule: string;
  /** Of the first visit. */
  start: string;
  visit: VisitAsk;
  /** IANA name of the clock that it recurs on. Left out: the clinic's. */
  zone?: string;
}

export interface SeriesChange {
  /** As the preview names it. */
  recurrenceId: string;
  /** Left out: there is no such visit. */
  start?: string;
}

export interface SeriesPoint {
  /** How many answers the day has; the value is the last. */
  count: number;
  day: string;
  /** Why there is no value. */
  reason?: "no-check-in" | "not-answered" | "asked-declined";
  value: number | null;
}

export interface SeriesView {
  id: string;
  patientId: string;
  rrule: string;
  visits: Array<VisitView>;
  zone: string;
}

export interface SeriesVisit {
  /** Times near it that are free. */
  alternatives?: Array<Slot>;
  /** Everything that is in the way; none: it is free. */
  conflicts?: Array<Conflict>;
  /** On the patient's clock. */
  local: Local;
  recurrenceId: string;
  /** UTC */
  start: string;
}

export interface Session {
  accountId: string;
  createdAt: string;
  device: Device;
  discipline?: string;
  endedAt?: string;
  endedWhy?: string;
  expiresAt: string;
  id: string;
  /** RFC 7638 thumbprint of the key that this device proves with each request (RFC 9449). Left out: the session has none. */
  keyThumbprint?: string;
  /** About when this device last asked for new tokens, to the hour. Left out: not known. */
  lastUsedAt?: string;
  name: string;
  patientId?: string;
  /** Roughly where it was last used. Left out: not known, or the session has ended. */
  place?: Place;
  /** Whose sign-in it began with, by name: the hospital's, or Firebase. Left out: a way of our own. */
  provider?: string;
  role: string;
  /** How its person proved who they are: code, passkey, pin, totp, recovery-code, provider (a sign-in elsewhere), provider-factor (one that asked for a second factor). Of older sessions it is not known. */
  way?: string;
}

export interface SessionView {
  accountId: string;
  createdAt: string;
  /** This is the device that asks. */
  current: boolean;
  device: Device;
  discipline?: string;
  endedAt?: string;
  endedWhy?: string;
  expiresAt: string;
  id: string;
  /** RFC 7638 thumbprint of the key that this device proves with each request (RFC 9449). Left out: the session has none. */
  keyThumbprint?: string;
  /** About when this device last asked for new tokens, to the hour. Left out: not known. */
  lastUsedAt?: string;
  name: string;
  patientId?: string;
  /** Roughly where it was last used. Left out: not known, or the session has ended. */
  place?: Place;
  /** Whose sign-in it began with, by name: the hospital's, or Firebase. Left out: a way of our own. */
  provider?: string;
  role: string;
  /** How its person proved who they are: code, passkey, pin, totp, recovery-code, provider (a sign-in elsewhere), provider-factor (one that asked for a second factor). Of older sessions it is not known. */
  way?: string;
}

export interface SetGuidelineInputBody {
  /** Codes of the catalogue of care plans. */
  advises?: Array<string>;
  /** Names of ingredients (RxNorm). */
  advisesMedicines?: Array<string>;
  /** Codes of the catalogue that it advises against. */
  against?: Array<string>;
  /** Names of ingredients that it advises against. */
  againstMedicines?: Array<string>;
  /** Points that are the opposite of points of others; declared at one of the two. */
  contrary?: Array<Contrary>;
  edition: string;
  /** The clinic goes by it no more. Plans that took it say so to their team. */
  ended?: boolean;
  /** What it asks for. A care plan that takes it ticks them. */
  points: Array<Point>;
  /** YYYY-MM-DD. By when the clinic asks whether it still holds; within five years. */
  reviewOn: string;
  /** Who publishes it. */
  source: string;
  title: string;
}

export interface SetPartnerInputBody {
  about?: string;
  /** How many referrals it holds at once, 0 to 10,000. 0: it takes nobody now. */
  capacity: number;
  /** It works with the clinic no more: it sees nothing from now on, and its open referrals are called off. */
  ended?: boolean;
  name: string;
  needs: Array<"housing" | "food" | "work" | "legal" | "transport" | "safety" | "company">;
  /** With + and the country's code. */
  phone?: string;
  /** Within how many days it answers, 1 to 60. */
  replyDays: number;
}

export interface SetPatientPreferenceInputBody {
  /** What the patient would have, in their words. */
  words: string;
}

export interface SetPositionInputBody {
  /** For the team. You may change it while it is open. */
  text: string;
}

export interface SetResourceInputBody {
  /** Left out: any time that is not taken. */
  availability?: Availability;
  /** BCP 47, of an interpreter: resourceId is then the id of an account of the role interpreter. */
  languages?: Array<string>;
  name: string;
}

export interface SetSocialNeedsInputBody {
  needs: Array<ReferralAsked>;
}

export interface SetVisitTypeInputBody {
  afterMinutes?: number;
  /** Kept free before, for the clinician. */
  beforeMinutes?: number;
  bookableBy: Array<string>;
  /** 5, 10, 15, 20, 30 or 60. */
  gridMinutes: number;
  horizonDays: number;
  lateCancelMinutes?: number;
  leadMinutes?: number;
  minutes: number;
  modalities: Array<string>;
  name: string;
  /** For one clinician on one date. Left out: any number. */
  perDay?: number;
  /** In person: where. Left out: at any. */
  sites?: Array<string>;
  /** Who usually comes, one of each: what a page offers first. */
  with?: Array<string>;
}

export interface SettingsView {
  /** What this clinic can send by. */
  channels: Array<string>;
  choices: Choices;
  email: string;
  /** The mailbox is not there. Give the address again, or another one. */
  emailBounced: boolean;
  emailConfirmed: boolean;
  kinds: Array<KindView>;
  /** The number of prompts a day that holds. */
  perDay: number;
  phone: string;
  /** The number takes no SMS. Give it again, or another one. */
  phoneBounced: boolean;
  /** START came from the number. Nothing but that question goes to one that has not answered; reminders go by the next way. */
  phoneConfirmed: boolean;
  /** The quiet hours that hold. */
  quiet: Array<Window>;
  /** They agreed to SMS and did not answer STOP. */
  sms: boolean;
  /** The number answered STOP: it gets nothing until it answers START. */
  smsStopped: boolean;
  /** The clock that is followed now. */
  zone: string;
}

export interface SettleDisagreementInputBody {
  /** Tasks and decisions about this patient that carry it out; of the types task and decision. */
  changed?: Array<TaskReference>;
  /** What came of it, in plain words: the patient reads it. Needed. */
  forPatient: string;
  /** For the team. Needed; the patient is answered an empty one. */
  outcome: string;
  /** How it goes with what the patient would have. Needed. */
  preference: "" | "as-they-want" | "in-part" | "otherwise" | "not-said";
  /** Needed where it is not as they want, or they have not said. */
  why?: string;
}

export interface ShapeFormInputBody {
  instruments: Array<FormInstrument>;
  /** Ids of GET /v1/questions, in order. The safety question stays. */
  questions: Array<string>;
}

export interface SharePlanInputBody {
  /** What this supporter may see; none takes everything back. */
  sections: Array<string>;
}

export interface SharedPlan {
  content: PlanContent;
  sections: Array<string>;
}

export interface SharingChoice {
  accountId: string;
  discipline?: string;
  /** BCP 47, of their notes. */
  language?: string;
  name: string;
  onTeam: boolean;
  /** What can be promised to this person now. Nothing that can't be kept is offered. */
  promises?: Array<string>;
  relationship?: string;
  role: string;
  /** By which they can be reached for it. */
  ways?: Array<string>;
}

export interface SharingChoices {
  afterMinutes?: Array<number>;
  callRules?: Array<string>;
  people: Array<SharingChoice>;
  scopes: Array<string>;
  statements: Array<string>;
  supporterDays: number;
  supporterScopes: Array<string>;
  wordings?: Array<Wording>;
}

export interface SharingPreview {
  crisisPlan?: SharedPlan;
  /** The newest first. */
  goals?: Array<GoalView>;
  moreGoals?: boolean;
  moreThreads?: boolean;
  moreVisits?: boolean;
  /** The line in their list of people. A part that is not here is closed to them. */
  patient?: PatientSummary;
  threads?: Array<ThreadView>;
  /** The latest first. */
  visits?: Array<VisitView>;
}

export interface SideEffect {
  code: string;
  serious: boolean;
}

export interface SideEffectAnswer {
  action: string;
  assessment: string;
  at: string;
  by: Author;
  criteria: Array<string>;
  outcome: string;
  /** To the patient. */
  words: string;
}

export interface SideEffectChoice {
  effects: Array<SideEffect>;
  medicineId?: string;
  name?: string;
}

export interface SideEffectField {
  /** Number of the field in E2B(R3). */
  id: string;
  name: string;
  /** MSK: kept back. NI: not known. */
  nullFlavor?: string;
  value?: string;
}

export interface SideEffectForAuthority {
  fields: Array<SideEffectField>;
  /** Medicines that tell of substance use (42 CFR Part 2). */
  leftOut: number;
  madeAt: string;
  standard: string;
}

export interface SideEffectReport {
  /** What it raises is raised; for people of the clinic. */
  alerted?: boolean;
  answer?: SideEffectAnswer;
  at: string;
  by: Author;
  effects: Array<"sleepy" | "cannot-sleep" | "dizzy" | "headache" | "nausea" | "belly" | "constipation" | "dry-mouth" | "rash" | "other" | "restless" | "sweating" | "sexual" | "shaking" | "weight-up" | "thoughts-of-dying" | "bleeding" | "fever-stiff-confused" | "seizure" | "stiff" | "drooling" | "fast-heart" | "fever-sore-throat" | "tooth-or-mouth" | "withdrawal" | "cannot-wake" | "yellow-skin" | "unsteady" | "forgetful" | "swelling" | "thirsty" | "diarrhoea" | "hair-loss" | "skin-blisters" | "no-appetite" | "chest-pain" | "fainted" | "hard-to-breathe" | "face-swelling">;
  /** YYYY-MM-DD. */
  endedOn?: string;
  id: string;
  medicine?: string;
  /** A line of the list. Left out: who tells does not know which one it is. */
  medicineId?: string;
  patientId: string;
  /** Somebody is called for it. */
  serious: boolean;
  severity: "mild" | "moderate" | "severe";
  /** YYYY-MM-DD. */
  startedOn?: string;
  /** Of who looks at it; for people of the clinic. */
  taskId?: string;
  useRelated: boolean;
  words?: string;
}

export interface SignInputBody {
  /** Of the words that you read: nothing else is signed. */
  fingerprint: string;
  /** YYYY-MM-DD: when somebody looks again, within three years. */
  next: string;
}

export interface SignRuleInputBody {
  /** Of the rule that you read: nothing else is signed. */
  fingerprint: string;
}

export interface SignWordsInputBody {
  /** Of the words that you read: nothing else is signed. */
  fingerprint: string;
  /** YYYY-MM-DD: when somebody looks again, within three years. */
  next: string;
}

export interface Signal {
  inputs: Record<string, unknown>;
  rule: string;
  tier: string;
  version: string;
}

export interface Signature {
  /** paper: recorded by the clinic alone. */
  method: "typed" | "paper";
  name: string;
}

export interface SignedInView {
  /** JWT (EdDSA), at most 10 minutes. Send it as a bearer token. */
  accessToken: string;
  expiresAt: string;
  /** Seconds from now to expiresAt, for devices whose clock is wrong. */
  expiresIn: number;
  /** Opaque. Each use gives the next one; keep only the newest. When the answer was lost, use the same one again, however late: the next one is the same, as long as it was not used. */
  refreshToken: string;
  session: Session;
}

export interface SiteAnswer {
  country: string;
  demo?: boolean;
  language: string;
  monitoring: Monitoring;
  name: string;
  staffLockMinutes: number;
  /** Words of the app that a clinician signs before they are shown, by their id (near, consent): the languages in which they are. */
  words: Record<string, Array<string>>;
  zone: string;
}

export interface SiteCalendar {
  closures: Array<Closure>;
  sites: Array<Location>;
}

export interface Slot {
  end: string;
  local: Local;
  modality: string;
  seats: Array<Seat>;
  site?: string;
  start: string;
  unfamiliar: number;
}

export interface SmartConfiguration {
  authorization_endpoint: string;
  authorization_response_iss_parameter_supported: boolean;
  capabilities: Array<string>;
  code_challenge_methods_supported: Array<string>;
  grant_types_supported: Array<string>;
  id_token_signing_alg_values_supported: Array<string>;
  introspection_endpoint: string;
  issuer: string;
  jwks_uri: string;
  /** Where a person sees and takes back what apps may read. */
  management_endpoint: string;
  response_types_supported: Array<string>;
  revocation_endpoint: string;
  scopes_supported: Array<string>;
  subject_types_supported: Array<string>;
  token_endpoint: string;
  token_endpoint_auth_methods_supported: Array<string>;
}

export interface SmsReportInputBody {
  /** The carrier's own code, for the trail. */
  code?: string;
  /** The webhook-id that the text came with. */
  id: string;
  /** delivered: the phone has it. undelivered: it did not arrive this time. gone: the number takes no texts, as with 410. */
  status: "delivered" | "undelivered" | "gone";
  /** The number that it was for, E.164. */
  to: string;
}

export interface Span {
  from: number;
  to: number;
}

export interface StartDrillInputBody {
  /** Made by the client. */
  id?: string;
  /** Whose order is tried. Left out: the clinic's own. */
  programme?: string;
  /** Accounts of clinicians, who is asked first at the front. */
  team: Array<string>;
}

export interface StatusInputBody {
  status: "active" | "suspended";
}

export interface StatusOfVisitInputBody {
  to: "arrived" | "checked-in" | "fulfilled" | "noshow" | "entered-in-error";
}

export interface StepUpInputBody {
  /** The answer to POST /v1/me/step-up/options. */
  passkey?: Assertion;
  pin?: string;
  recoveryCode?: string;
  totp?: string;
  /** What a colleague said; for an emergency alone. */
  word?: string;
}

export interface StopMedicineInputBody {
  /** Of a stop that was interrupted: why it goes on. */
  goOn?: Array<MedicineGoOn>;
  /** It never belonged on this list. */
  mistake?: boolean;
  /** YYYY-MM-DD. */
  on: string;
  /** In plain words: the patient reads it. */
  why: string;
}

export interface StrikeNoteInputBody {
  /** For the team; the patient is not shown it. */
  reason: string;
}

export interface Struck {
  at: string;
  /** For the team alone. */
  why?: string;
}

export interface SuggestGoalInputBody {
  /** Made by the client. */
  id?: string;
  title: string;
  why?: string;
}

export interface SuggestInputBody {
  /** What you say of yourself or fear, now. None of it is kept. */
  situations: Array<"after-break" | "after-use" | "strong-craving" | "poor-sleep" | "new-medicine" | "loss" | "work-goal" | "own-strain" | "fears-suicide" | "fears-overdose">;
}

export interface SupporterView {
  accountId: string;
  agreement?: Agreement;
  looks: Array<Look>;
  name: string;
  pages: Array<PageFor>;
  promise?: Promise;
  rehearsedOn?: string;
  relationship: string;
  since: string;
}

export interface Supporting {
  agreement?: Agreement;
  looks: Array<Look>;
  /** By which you know them. Empty where nothing is open to you and none was given. */
  name: string;
  pages: Array<PageFor>;
  patientId: string;
  promise?: Promise;
  rehearsedOn?: string;
  relationship: string;
  since: string;
}

export interface SyncAnswer {
  changed: Array<Change>;
  checkIns: Array<CheckIn>;
  /** Always here for the patient who has a plan: the newest one. When the etag is not the one that you hold, fetch it first. */
  crisisPlan?: PlanPin;
  goals: Array<GoalList>;
  /** There is more: ask again at once. */
  more: boolean;
  /** Give it back as since. */
  next: string;
  /** The position does not fit: it is of another chart, of before a restore, or unknown. This starts over from the beginning; keep what was not sent yet, and a crisis plan that is newer than the one named here. */
  reset: boolean;
}

export interface TOTPView {
  /** There were too many wrong codes. Set it anew after another way in. */
  locked: boolean;
  setAt: string;
}

export interface TakeInvitationInputBody {
  /** They read what both agree to, and say yes. */
  agreed: boolean;
  /** In any case, with or without dashes. */
  code: string;
  /** ISO 3166-1. The clinic's when left out. */
  country?: string;
  device: Device;
  /** BCP 47. The clinic's when left out. */
  language?: string;
  /** Theirs. The patient reads it. */
  name: string;
  /** IANA name. The clinic's when left out. */
  zone?: string;
}

export interface Taken {
  by: Author;
  how: string;
}

export interface TakingOfLines {
  lines: Array<MedicineTakingOf>;
}

export interface TaperAct {
  at: string;
  by: Author;
  do: string;
  on: string;
  reason?: string;
  why: string;
}

export interface TaperCall {
  name: string;
  phone: string;
}

export interface TaperDay {
  doses: Array<TaperPieces>;
  on: string;
  step: number;
  total: number;
}

export interface TaperDose {
  amount: number;
  /** HH:MM, on the clock where the person is. */
  at: string;
}

export interface TaperLeft {
  days: number;
  step: number;
}

export interface TaperPace {
  /** fast-step: a reason is asked. fast-window: a second prescriber signs too. */
  found: string;
  percent: number;
  step: number;
}

export interface TaperPiece {
  form: string;
  /** 2 is a whole tablet, 1 is half of one. */
  halves: number;
  strength: MedicineAmount;
}

export interface TaperPieces {
  at: string;
  pieces: Array<TaperPiece>;
}

export interface TaperPlan {
  acts: Array<TaperAct>;
  at: string;
  /** How much a day before the plan. It is raised to what the list knows. */
  before: number;
  by: Author;
  /** Whom the patient calls who is not sure. */
  call: TaperCall;
  changedAt: string;
  /** The steps on the days that they really have. */
  course: Array<TaperSpan>;
  id: string;
  kind: "start" | "taper";
  /** What remains while it rests. */
  left?: Array<TaperLeft>;
  medicineId: string;
  name: string;
  /** Needs the patient's own wish and an overdose plan. */
  opioidUse: boolean;
  /** What the guard found, for people of the clinic. */
  pace: Array<TaperPace>;
  patientId: string;
  /** Why it is as fast as it is, where the guard asks. */
  reason?: string;
  replacedBy?: string;
  replaces?: string;
  signatures: Array<TaperSignature>;
  /** YYYY-MM-DD. A plan that is signed later begins on that day, with all of its days. */
  startsOn: string;
  status: string;
  steps: Array<TaperStep>;
  strengths: Array<TaperStrength>;
  tablets: Array<Array<TaperPieces>>;
  /** Of all amounts of the plan. */
  unit: "mg" | "mcg" | "g" | "units" | "mmol";
  useRelated: boolean;
  wish?: TaperWish;
  /** How it is taken, as the prescriber writes it. */
  words?: string;
}

export interface TaperSignature {
  at: string;
  by: Author;
}

export interface TaperSpan {
  days: number;
  /** Of a pause: days beside those that were prescribed with the steps. */
  extra?: boolean;
  from: string;
  step: number;
}

export interface TaperStep {
  /** 0, of the last step alone: until a prescriber changes it. */
  days: number;
  /** Empty: days without this medicine. */
  doses: Array<TaperDose>;
}

export interface TaperStrength {
  form: "tablet" | "capsule" | "film";
  /** It has a score to break it at. */
  scored?: boolean;
  strength: MedicineAmount;
}

export interface TaperTerms {
  /** How much a day before the plan. It is raised to what the list knows. */
  before: number;
  /** Whom the patient calls who is not sure. */
  call: TaperCall;
  kind: "start" | "taper";
  /** Why it is as fast as it is, where the guard asks. */
  reason?: string;
  /** YYYY-MM-DD. A plan that is signed later begins on that day, with all of its days. */
  startsOn: string;
  steps: Array<TaperStep>;
  /** Of all amounts of the plan. */
  unit: "mg" | "mcg" | "g" | "units" | "mmol";
  /** How it is taken, as the prescriber writes it. */
  words?: string;
}

export interface TaperWish {
  at: string;
  by: Author;
  wants: boolean;
  words?: string;
}

export interface TaskHandOverInputBody {
  /** Instead of to: anybody of this group may claim it; on-duty as for a new task. */
  pool?: "care-team" | "clinicians" | "coordinators" | "administrators" | "on-duty";
  /** Account that is asked. Until they accept, the task stays its owner's. */
  to?: string;
}

export interface TaskHanded {
  alerts: number;
  /** What that person can't take. */
  left: number;
  tasks: number;
}

export interface TaskLoad {
  accountId: string;
  alerts: number;
  name: string;
  /** Since when the oldest of them waits. */
  oldest?: string;
  /** Alerts whose time for contact has passed, and tasks that should be done. */
  overdue: number;
  tasks: number;
}

export interface TaskOpenAlert {
  contactBy: string;
  id: string;
  patientName?: string;
  status: string;
  tier: string;
}

export interface TaskOpenVisit {
  end: string;
  id: string;
  patientId?: string;
  start: string;
}

export interface TaskOpenWork {
  accountId: string;
  active: boolean;
  alerts: Array<TaskOpenAlert>;
  name: string;
  tasks: Array<TaskView>;
  visits: Array<TaskOpenVisit>;
}

export interface TaskOutcome {
  at: string;
  by: TaskPerson;
  note?: string;
}

export interface TaskOutcomeInputBody {
  /** What came of it; needed to call it off. */
  note?: string;
  status: "in-progress" | "completed" | "cancelled";
}

export interface TaskPerson {
  accountId: string;
  name: string;
}

export interface TaskReference {
  id: string;
  /** alert, check-in, goal, crisis-plan, appointment, or another type of FHIR. */
  type: string;
}

export interface TaskRejectInputBody {
  /** Why. Who asked reads it. */
  note: string;
}

export interface TaskStep {
  at: string;
  /** Account. */
  by?: string;
  name?: string;
  note?: string;
  /** Name of who was asked, or owns it now. */
  to?: string;
  /** made, asked, pooled, accepted, given-on-duty, shift-changed, claimed, rejected, withdrawn, started, completed, cancelled, owner-changed. */
  what: string;
}

export interface TaskView {
  /** Who is to answer whether they take it. */
  asked?: TaskPerson;
  authoredAt: string;
  /** What it follows from. */
  basedOn?: Array<TaskReference>;
  /** What the program asks for has a code and no text; what a person asks for is other. */
  code: "other" | "visit-declined" | "visit-missed" | "reminder-unreached" | "plan-old-on-phone" | "care-plan-lead" | "care-plan-review" | "medicine-changed" | "medicine-pair" | "medicines-review" | "medicines-differ" | "taper-second" | "taper-review" | "taper-wish" | "medicine-refill" | "prescribing-agreement" | "prescribing-duty" | "relapse-sign" | "side-effect" | "handoff" | "handoff-call" | "decision" | "meeting-tell" | "referral" | "social-need" | "intake-section" | "intake-comment" | "programme-join" | "follow-up" | "follow-up-missed" | "peer-asked" | "team-end" | "disagreement" | "minor-rule" | "alert-rule-review";
  dueAt: string;
  /** What it is about. */
  focus?: TaskReference;
  /** You are asked whether you take it. */
  forMe: boolean;
  /** What happened to it, the oldest first. */
  history: Array<TaskStep>;
  id: string;
  /** It waits in a group of yours. */
  mayClaim: boolean;
  /** You answer for it. */
  mine: boolean;
  modifiedAt: string;
  outcome?: TaskOutcome;
  /** It should be done by now. */
  overdue: boolean;
  /** The one person who answers for it. Until somebody else accepts, that is who asked. */
  owner: TaskPerson;
  patientId?: string;
  patientName?: string;
  /** The group of whom anybody may claim it. */
  pool?: string;
  priority: string;
  /** When its owner is reminded next. */
  remindAt: string;
  /** How often its owner was reminded. */
  reminders?: number;
  /** Who asked for it. */
  requester: TaskPerson;
  /** Its owner has it by being on duty. When that changes before they have begun, it goes to who is on duty then. */
  shiftEnds?: string;
  /** FHIR TaskStatus. rejected is open: it stays its owner's. */
  status: string;
  text?: string;
  /** No channel reaches whom it asks. Tell them yourself. Where one task is read or changed. */
  unreachable?: boolean;
  /** False: you may know that there is something to do, and not what it says. */
  whole: boolean;
}

export interface TeamInputBody {
  lead: boolean;
}

export interface TellCopingInputBody {
  /** UTC. Now when left out. */
  answeredAt?: string;
  coping: "well" | "all-right" | "hard" | "too-much";
  /** Thoughts of ending your own life. Left out: not said. */
  harm?: boolean;
  /** Made by the client. */
  id?: string;
  note?: string;
  /** Somebody hurts or threatens you. Left out: not said. */
  unsafe?: boolean;
}

export interface TellInputBody {
  /** A time of a plan of steps, HH:MM. Left out: the whole day. */
  at?: string;
  medicineId: string;
  /** The day of the dose. */
  on: string;
  state: "taken" | "skipped";
}

export interface TellMeetingInputBody {
  /** For the patient, beside the decisions that have words for them. */
  words?: string;
}

export interface TellReferralInputBody {
  helped: "yes" | "partly" | "no";
  words?: string;
}

export interface TextBack {
  /** How the text was understood. */
  action: "stop" | "start" | "help" | "other";
  /** To send to that number, unless the carrier has answered by itself. */
  reply: string;
}

export interface TextFault {
  code: string;
  /** Of the front matter; body:N is line N. */
  field: string;
  text: string;
}

export interface TextFile {
  /** Front matter between two lines ---, then Markdown (docs/education.md). */
  file: string;
}

export interface ThreadDraft {
  /** Made by the client. */
  id?: string;
  text: string;
  /** Calls nobody at once. */
  urgency?: "routine" | "urgent";
}

export interface ThreadNorms {
  /** Working days; 0: nothing was agreed, and nobody is reminded. */
  answerWithinDays: number;
}

export interface ThreadParty {
  accountId: string;
  name: string;
  role: string;
}

export interface ThreadRead {
  accountId: string;
  at?: string;
  name: string;
  /** How many after it are their own. */
  own?: number;
  role: string;
  upTo: number;
}

export interface ThreadReadBy {
  accountId: string;
  at: string;
  name: string;
  role: string;
  upTo: number;
}

export interface ThreadReading {
  /** Working days within which the team agreed to answer. */
  answerWithinDays?: number;
  monitoring: Monitoring;
  /** When the next of these times begins. */
  nextAt?: string;
  /** It is within these times. It does not say that somebody reads this minute. */
  now: boolean;
  /** The clinic has said when somebody reads. False: nobody reads at a fixed time. */
  on: boolean;
  /** These times for the next 14 days, for a phone without a network. */
  stretches: Array<AlertStretch>;
}

export interface ThreadSent {
  help?: Help;
  message: Message;
  reading: ThreadReading;
  thread: ThreadView;
}

export interface ThreadView {
  /** It has done what it was for. A new message opens it again. */
  closed?: Closed;
  /** How many messages. */
  count: number;
  id: string;
  /** patient: the patient and the team. family: a supporter too, who reads all of it. team: the team alone. */
  kind: "patient" | "family" | "team";
  lastAt: string;
  lastBy: ThreadParty;
  mayWrite: boolean;
  openedAt: string;
  openedBy: ThreadParty;
  patientId: string;
  /** How far each has read. A supporter learns it of the team alone. */
  readBy: Array<ThreadReadBy>;
  /** Left out; see readBy. */
  reads?: Array<ThreadRead>;
  /** Left out. */
  staff?: Array<string>;
  /** Id of its first message. */
  started: string;
  subject?: string;
  /** Account of the supporter who takes part. */
  supporterId?: string;
  supporterName?: string;
  /** Messages of others that you have not read. */
  unread: number;
  /** The team owes an answer. For the team alone. */
  waits?: ThreadWaits;
}

export interface ThreadWaits {
  /** Until when, as the team agreed; left out where nothing was agreed. */
  by?: string;
  /** Account of the one who answers for it. */
  owner: string;
  ownerName: string;
  remindAt?: string;
  reminded?: number;
  since: string;
  urgency: string;
}

export interface Tie {
  /** Of who is expected and has not come yet. Left out: they have come. */
  email?: string;
  id: string;
  /** Its name, as people know it. */
  provider: string;
  since: string;
}

export interface TieInputBody {
  /** For the office. Left out: the device in the patient's hand. */
  sessionId?: string;
}

export interface TiesView {
  ties: Array<Tie>;
}

export interface ToleranceLoss {
  reason: "detox" | "jail" | "hospital" | "missed-medicine" | "naltrexone-ended" | "abstinence";
  /** YYYY-MM-DD */
  since?: string;
}

export interface TotpInputBody {
  /** Six digits of the app. */
  code: string;
}

export interface Trail {
  at: string;
  body: string;
  delivery: string;
  id: string;
  kind: string;
  marks: Array<Mark>;
  missed: boolean;
  read: boolean;
  reading?: string;
  ref?: string;
  state: string;
  title: string;
  until: string;
  why?: string;
}

export interface Travel {
  from: string;
  hours: string;
  to: string;
  zone: string;
}

export interface Trend {
  max: number;
  measure: string;
  min: number;
  points: Array<SeriesPoint>;
}

export interface Twin {
  accountId?: string;
  by: "record-number" | "name-and-birth-date" | "name" | "phone" | "same-consent" | "same-consent-in-file";
  /** Of the file, where it is another line of it. */
  line?: number;
  name?: string;
  role?: string;
}

export interface UserStruct {
  displayName: string;
  /** base64url */
  id: string;
  name: string;
}

export interface Verdict {
  /** When it was last looked at. Left out: never, with these settings. */
  at?: string;
  /** webpush, fcm, email or sms. */
  channel: string;
  /** One sentence for who runs the server, in English, as handrail doctor says it: what is wrong and what to do. Empty where there is nothing to say. It holds no secret. */
  says: string;
  /** The clinic asked for it in the settings of the server. */
  set: boolean;
  /** From when on the same was found. */
  since?: string;
  /** What can be looked at without sending anything is right. False as well where nobody has looked yet: then there is no at. */
  works: boolean;
}

export interface VisitAsk {
  modality: "video" | "phone" | "in-person" | "home-visit" | "asynchronous";
  /** Who comes beside the patient. */
  roles: Array<VisitRole>;
  /** In person: only there. */
  site?: string;
  /** Home visit: the way, there and back each. */
  travelMinutes?: number;
  /** Of GET /v1/visit-types. */
  visitType: string;
}

export interface VisitList {
  ask?: VisitAsk;
  bookedBy?: Author;
  cancellation?: Cancellation;
  /** By video, and you are in it: when you can join. */
  door?: JoinWindow;
  /** UTC */
  end: string;
  /** For If-Match. */
  etag: string;
  /** A hold: the time is kept until then. */
  holdUntil?: string;
  id: string;
  /** You interpret in this visit: what you need to know to be there. */
  interprets?: Interpreting;
  invited?: Invited;
  /** On the patient's clock. */
  local: Local;
  modality?: string;
  /** What you can note now. */
  moves?: Array<string>;
  participants?: Array<ParticipantView>;
  patientId: string;
  recurrenceId?: string;
  sequence?: number;
  seriesId?: string;
  site?: string;
  /** UTC */
  start: string;
  status: string;
  visitType?: string;
}

export interface VisitMessage {
  at: string;
  id: string;
  /** Of who wrote it, as it was then. */
  name: string;
  role?: string;
  text: string;
}

export interface VisitMessages {
  keptAt?: string;
  /** Who kept them last. */
  keptBy?: Author;
  /** In the order in which they were written. Empty: nobody kept any. */
  messages: Array<VisitMessage>;
}

export interface VisitPreference {
  /** BCP 47: an interpreter's. */
  language?: string;
  /** How they would rather meet. */
  modality?: "video" | "phone" | "in-person" | "home-visit";
  windows: Array<PreferredWindow>;
}

export interface VisitRole {
  discipline?: string;
  /** Your own name of the part, such as therapist. */
  key: string;
  /** Left out: clinician. */
  kind?: "clinician" | "supporter" | "resource";
  /** BCP 47, of an interpreter. */
  language?: string;
  /** Stays so long. Left out: to the end. */
  minutes?: number;
  /** How many of them. Left out: all of who. */
  need?: number;
  /** Joins so long after the start. */
  offsetMinutes?: number;
  /** Comes if free. */
  optional?: boolean;
  /** Accounts or resources. Left out: everybody of the team with the discipline, or every resource with the language. */
  who?: Array<string>;
}

export interface VisitType {
  afterMinutes?: number;
  beforeMinutes?: number;
  bookableBy: Array<string>;
  gridMinutes: number;
  horizonDays: number;
  id: string;
  lateCancelMinutes?: number;
  leadMinutes?: number;
  minutes: number;
  modalities: Array<string>;
  name: string;
  perDay?: number;
  sites?: Array<string>;
  with?: Array<string>;
}

export interface VisitTypeList {
  afterMinutes?: number;
  beforeMinutes?: number;
  bookableBy: Array<string>;
  /** For If-Match. */
  etag: string;
  gridMinutes: number;
  horizonDays: number;
  id: string;
  lateCancelMinutes?: number;
  leadMinutes?: number;
  minutes: number;
  modalities: Array<string>;
  name: string;
  perDay?: number;
  sites?: Array<string>;
  with?: Array<string>;
}

export interface VisitView {
  ask?: VisitAsk;
  bookedBy?: Author;
  cancellation?: Cancellation;
  /** By video, and you are in it: when you can join. */
  door?: JoinWindow;
  /** UTC */
  end: string;
  /** A hold: the time is kept until then. */
  holdUntil?: string;
  id: string;
  /** You interpret in this visit: what you need to know to be there. */
  interprets?: Interpreting;
  invited?: Invited;
  /** On the patient's clock. */
  local: Local;
  modality?: string;
  /** What you can note now. */
  moves?: Array<string>;
  participants?: Array<ParticipantView>;
  patientId: string;
  recurrenceId?: string;
  sequence?: number;
  seriesId?: string;
  site?: string;
  /** UTC */
  start: string;
  status: string;
  visitType?: string;
}

export interface VoiceInputBody {
  /** Made by the client. */
  id?: string;
  /** For the team. */
  text: string;
}

export interface WaitView {
  from?: string;
  id: string;
  instead?: string;
  /** A time that is kept for the patient now. */
  offer?: OfferView;
  patientId: string;
  since: string;
  to?: string;
  visit: VisitAsk;
}

export interface Ways {
  /** Which ways this person can add here: passkey, pin, totp, recovery-codes. */
  offered: Array<string>;
  passkeys: Array<Passkey>;
  pin?: PINView;
  /** How many are left. */
  recoveryCodes: number;
  /** From when on staff need a passkey or TOTP to sign in. */
  secondFactorFrom?: string;
  /** For the signal API of WebAuthn: which passkeys stand. */
  signal?: AcceptedPasskeys;
  totp?: TOTPView;
}

export interface Why {
  found: string;
  typed: string;
}

export interface Window {
  /** Local time of day. */
  from: string;
  /** Local time of day; not after from: of the next day. */
  to: string;
}

export interface WishInputBody {
  wants: boolean;
  words?: string;
}

export interface WithdrawDisagreementInputBody {
  /** Why. */
  note: string;
}

export interface Word {
  expiresAt: string;
  word: string;
}

export interface Wording {
  code: string;
  language: string;
  text: string;
}

export interface WordsInputBody {
  /** Of the words that you read: nothing else is meant. */
  fingerprint: string;
}

export interface Worklist {
  /** Alerts are made at this clinic. False: nobody is called, and only check-ins stand here. */
  alerts: boolean;
  items: Array<AlertWork>;
  /** Older check-ins wait too, and stand in no page of this list. */
  more?: boolean;
  /** Cursor of the next page; empty at the end. */
  next: string;
}

export interface Worry {
  at: string;
  by: ThreadParty;
  dangerNow: boolean;
  id: string;
  /** As of a message. */
  late?: boolean;
  patientId: string;
  relationship: string;
  text: string;
  tier: string;
}

export interface WorryInputBody {
  /** Asked first. When it is yes, call the emergency number: nobody here comes at once. */
  dangerNow: boolean | null;
  /** Made by the client. */
  id?: string;
  /** Left out: the one person in whose circle you are. */
  patientId?: string;
  text: string;
}

export interface WorrySent {
  at: string;
  dangerNow: boolean;
  id: string;
  numbers: EmergencyNumbers;
  reading: ThreadReading;
}

export interface WriteContractInputBody {
  /** What I ask of you; at least one. */
  ask: Array<string>;
  /** Made by the client. */
  id?: string;
  /** What you may ask me. */
  mayAsk: Array<string>;
  /** What you never do. */
  never: Array<string>;
  /** How often you may ask; needed. */
  often: "" | "daily" | "some-days" | "weekly" | "when-i-ask";
  /** Account: of the patient's circle, or a peer with whom they go. */
  partnerId: string;
}

export interface WriteDownInputBody {
  /** When it was answered, by the phone's clock. */
  answeredAt: string;
  /** By question id. Left out means skipped. */
  answers: Record<string, unknown>;
  /** Ids of questions to which the patient would rather not say. */
  declined?: Array<string>;
  deviceId?: string;
  /** Version of the form that was on the screen. */
  formVersion: number;
  /** How the patient told it. */
  how: "phone" | "paper" | "in-person";
  id?: string;
  instruments?: Array<InstrumentSubmission>;
  /** The device's own count. */
  sequence?: number;
  /** IANA time zone where it was answered. */
  zone: string;
}
