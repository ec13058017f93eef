#include "profiles/import/OpenSshImport.h"

#include "profiles/OpenSshHost.h"
#include "profiles/OpenSshRules.h"

#include <QDeadlineTimer>
#include <QHash>

#include <chrono>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;

// The files are read once for each alias. Ten thousand of them in large files are nobody's.
constexpr std::chrono::seconds patience{20};

ImportedSession sessionOf(const OpenSshOptions &options)
{
    ImportedSession session = importedSession();
    session.setName(options.alias());
    auto applied = options.appliedTo(session.profile);
    if (!applied) {
        session.hinder(Obstacle::BadHost, applied.error().subject);
        return session;
    }
    session.profile = *applied;
    session.runsProgram = !session.profile.route.proxyCommand.isEmpty();
    for (const OpenSshOptions::Line &line : options.lines()) {
        const bool isTaken = OpenSshOptions::appliedKeywords().contains(line.keyword)
            || takeOpenSshOption(session.profile, line.keyword, line.value);
        if (!isTaken) {
            session.lose(line.keyword, line.value);
        }
    }
    return session;
}

// The jump hosts as other aliases, or as addresses with what is configured for them.
void takeJumpHosts(ImportedSession &session, const OpenSshOptions &options,
                   const OpenSshPlace &place, const QHash<QString, Profile::Id> &known)
{
    OpenSshJumpChain chain(options.alias());
    base::Result<void> taken = chain.take(options);
    QList<OpenSshJump> jumps;
    while (taken && chain.next()) {
        jumps.prepend(*chain.next());
        taken = chain.take(plainOpenSshOptions(place, *chain.next()));
    }
    if (!taken) {
        session.hinder(Obstacle::BadRoute, options.value(u"proxyjump").value_or(QString()));
        return;
    }
    for (qsizetype index = 0; index < jumps.size(); ++index) {
        const OpenSshJump &jump = jumps.at(index);
        const auto applied = chain.host().jumpHosts.at(index).appliedTo(Profile());
        const bool isPlain = jump.user.isEmpty() && jump.port == 0 && jump.before.isEmpty();
        if (isPlain && known.contains(jump.alias)) {
            session.profile.route.jumpHosts.append(ProfileReference{known.value(jump.alias)});
        } else if (applied) {
            session.addJumpHost(applied->host, applied->user, QString::number(applied->port));
        } else {
            session.hinder(Obstacle::BadRoute, jump.alias);
        }
    }
}

} // namespace

ImportedSessions openSshSessions(const OpenSshPlace &place)
{
    const QDeadlineTimer deadline(patience);
    ImportedSessions result;
    QList<OpenSshOptions> read;
    QHash<QString, Profile::Id> known;
    for (const QString &alias : OpenSshConfigScan::read(place).aliases) {
        if (deadline.hasExpired()) {
            result.isCut = true;
            break;
        }
        read.append(plainOpenSshOptions(place, {.alias = alias, .user = {}, .before = {}}));
        ImportedSession session = sessionOf(read.last());
        known.insert(alias, session.profile.id);
        result.add(std::move(session));
    }
    for (qsizetype index = 0; index < result.sessions.size(); ++index) {
        takeJumpHosts(result.sessions[index], read.at(index), place, known);
    }
    return result;
}

} // namespace profiles
