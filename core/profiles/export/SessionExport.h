// Sessions written for other programs: a file of ours, a fragment for ~/.ssh/config, or a table. No
// secret is in them, for none is in a session.

#pragma once

#include "profiles/Profile.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <array>

namespace profiles {

class ProfileStore;

enum class ExportFormat { Ponto, OpenSsh, Csv };

inline constexpr std::array allExportFormats{ExportFormat::Ponto, ExportFormat::OpenSsh,
                                             ExportFormat::Csv};

struct SessionExport
{
    QByteArray content;
    qsizetype count = 0; // of sessions in it

    // Titles of those that this format has no words for: without its proxy a session would lead
    // past what it is to pass.
    QStringList leftOut;

    // `sessions` as the store has them. Values of groups and what they jump through are filled in,
    // so that it says the same elsewhere; a file of ours has the groups beside them.
    static SessionExport make(ExportFormat format, const QList<Profile> &sessions,
                              const ProfileStore &store);
};

} // namespace profiles
