# A catalogue of the course's own: a module for ledgers, and an incident about it.
mkdir -p catalog
cat > catalog/ledgers.yaml <<'Y'
concepts:
  - {id: ledger-tooling, kind: skill, name: Ledger tooling}
modules:
  - id: ledgers
    title: Ledgers
    level: mid
    summary: You keep a ledger that agrees with the bank.
    teaches: {ledger-tooling: proficient}
    minutes: {min: 60, max: 2400}
    outcomes:
      - {id: ledgers-o1, text: Diagnose an entry that does not agree with the bank within ten minutes., bloom: analyse, concepts: [ledger-tooling], supports: [po-practice]}
    topics:
      - {title: Two sides, points: [Each entry has two sides with one sum.]}
    activities:
      - {id: ledgers-a1, kind: exercise, minutes: 60, contact: true, outcomes: [ledgers-o1], text: Find three wrong entries in a page of forty., feedback: The page with the three marked.}
    misconceptions:
      - {text: A balanced page is right, notice: The learner stops when both sums agree.}
    readings:
      - {title: Handbook of Ledgers, publisher: Guild of Clerks}
scenarios:
  - id: night-of-the-ledger
    version: "1.0.0"
    title: The night of the ledger
    level: mid
    summary: An entry is missing on the morning of the close.
    kind: incident-tabletop
    minutes: 60
    constructs: [diagnosis]
    integrates: [ledgers]
    outcomes: [ledgers-o1]
    stakes: formative
    timebox: {brief_min: 5, play_min: 30, debrief_min: 15}
    setting: {system: A ledger., scale: One office., constraints: [Today], stakeholders: [The bank]}
    roles:
      - {id: clerk, title: Clerk, assessed: true, brief: You keep the ledger., private: You were late yesterday.}
    evidence: []
    injects:
      - {id: i1, at: "+00:00", channel: phone, text: The sums differ., purpose: Begin., tests: [diagnosis], outcomes: [ledgers-o1], expect: [a-look]}
    actions:
      - {id: a-look, text: Looks at both sides., class: good, criterion: finding}
    paths:
      - {id: p1, text: Look first., acceptable: true, would_change: A bank that is closed.}
    scoring:
      scale: [1, 2, 3, 4, 5]
      combine: mean-of-raters
      raters: 2
      criteria:
        - id: finding
          name: Finding
          weight: 100
          outcomes: [ledgers-o1]
          anchors: {1: Guesses., 2: Looks at one side., 3: Looks at both sides., 4: Names the entry., 5: Proves the entry.}
      critical_fail: []
      pass: {total: 60, must: {finding: 3}}
    facilitator: {setup: A table., script: Begin., hints: [], debrief: [What did you see?], safety: Stop at any time.}
    rater_pack: {training_min: 10, samples: [], gold: {}, release: {qwk: 0.6, icc2k: 0.75, n: 10}}
    accommodation: {extra_time_pct: 25, text: More time.}
Y
