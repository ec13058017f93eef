// ImportedSession: a session as another program's file has it, checked, with what cannot be taken
// over. The parsers beside this make them, ImportSelection makes stored sessions of them.
//
// Foreign files are hostile: all sizes are bounded here. Passwords in them are never kept.

#pragma once

#include "profiles/Profile.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace profiles {

struct ImportedSession
{
    // Why it can be no session of ours.
    enum class Obstacle {
        None,
        OtherProtocol, // `obstacleDetail` is its name
        Template, // defaults, or a set of tabs: no server
        NoHost,
        BadHost, // `obstacleDetail` is what stands there, also for those below
        BadUser,
        BadPort,
        BadRoute, // half a route could lead past what it was to pass
        Incomplete, // it cannot be read as its format says
    };

    Profile profile; // with an id of its own, and its place among the groups of the file
    Obstacle obstacle = Obstacle::None;
    QString obstacleDetail;

    bool hadSecret = false; // a password was there, which was not taken over
    bool runsProgram = false; // on this computer, whenever it is connected to
    QStringList lost; // "Name=value" of settings without a place here

    // A stored session with the same user, host, port and route; empty if there is none.
    QString knownAs;
    Profile::Id knownId;

    bool isPossible() const { return obstacle == Obstacle::None; }

    // The first obstacle counts.
    void hinder(Obstacle why, const QString &detail = {});

    // Each checks what it sets. `user` and `port` may be empty: then there are none.
    void setHost(const QString &host);
    void setUser(const QString &user);
    void setPort(const QString &port);

    void setName(const QString &name); // bounded, on one line
    void setNotes(const QString &notes);

    // Where files begin; what is no absolute path of a Unix is lost by that name.
    void setRemoteDirectory(const QString &name, const QString &path);
    void setLocalDirectory(const QString &name, const QString &path);
    void addKeyFile(const QString &file);
    void addJumpHost(const QString &host, const QString &user, const QString &port);
    void lose(const QString &name, const QString &value); // if there is a value
};

struct ImportedSessions
{
    QList<ImportedSession> sessions;
    QMap<QString, Profile> groups; // what they have their sessions inherit, by path
    bool isCut = false; // there was more than anybody means

    // False if there are too many already.
    bool add(ImportedSession session);
};

// A new one, without a host yet.
ImportedSession importedSession();

// Text of a file in UTF-16 or UTF-8 with or without a mark; as Windows-1252 if it is neither.
QString importedText(QByteArrayView bytes);

// %XX as its bytes say, in the encodings of importedText(). What is no escape stays.
QString withoutPercent(QByteArrayView text);

} // namespace profiles
