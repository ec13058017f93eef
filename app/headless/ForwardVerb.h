// ForwardVerb: `ponto forward TARGET`. Forwards ports until it is interrupted, or the connection
// ends.
//
// Prints where it listens, a line for each forward, on standard output: "local 127.0.0.1:8080".

#pragma once

#include "app/headless/Verb.h"
#include "app/headless/VerbSession.h"
#include "forward/ForwardSet.h"

#include <QSet>

namespace app {

class ForwardVerb final : public Verb
{
    Q_OBJECT

public:
    // Without forwards of its own it takes those of the session.
    ForwardVerb(const ssh::ConnectionSettings &settings, const QList<profiles::Forward> &forwards);

    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_session.useStoredSecrets(vault); }
    void interrupt(int signal) override;

private:
    void handleChange(int id);
    void tellListening(int id);
    void tellRefusals(int id);
    void finish(int exitStatus);

    VerbSession m_session;
    forward::ForwardSet m_forwards;
    QSet<int> m_undecided; // neither listening nor failed so far
    QHash<int, qint64> m_toldRefusals;
    bool m_hasFailed = false; // one of them
    const bool m_endsOnFailure; // when the first one can not be opened
    bool m_isOver = false;
};

} // namespace app
