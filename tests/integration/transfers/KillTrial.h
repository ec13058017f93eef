// KillTrial: copies a tree with programs that are killed at random moments, one after the other,
// until one of them has finished; and compares what is there with what should be.

#pragma once

#include "tests/integration/ConnectionFixture.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace tests {

class KillTrial
{
public:
    // What is there is in the directories source() and target(), of which one is the server's. Of a
    // relay both are: the program logs in twice.
    enum class Direction { Upload, Download, Relay };

    KillTrial(Direction direction, const QString &answer); // "overwrite", "keep", "older", "resume"

    [[nodiscard]] base::Result<void> start();

    QString source() const;
    QString target() const; // holds a directory "tree" afterwards

    // Fills source()/tree with so many small files in some directories, and a few large ones.
    void makeTree(int files, quint32 seed) const;

    // After each kill: what is there under a real name must be its source. For a target that was
    // empty.
    void lookForHalfFiles() { m_looksForHalfFiles = true; }

    // So many programs are killed; then one runs to its end. False with why().
    bool run(int kills, quint32 seed, bool killsServer = false);
    const QString &why() const { return m_why; }

private:
    QStringList arguments(bool isFirst) const;
    QString halfFiles() const;
    bool runOnce(bool isFirst, std::optional<int> killAfter, bool killsServer);

    Direction m_direction;
    QString m_answer;
    ConnectionFixture m_fixture;
    std::unique_ptr<SshServer> m_server;
    ssh::ConnectionSettings m_settings;
    bool m_looksForHalfFiles = false;
    QString m_why;
};

// What differs between two trees, as diff(1) and ls(1) tell: contents, names, modes and times.
QString treeDifference(const QString &one, const QString &other);

} // namespace tests
