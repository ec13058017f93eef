// ConnectionFacts: all there is to say about a connection, for its details: what holds, and one
// sentence where something is weak.

#pragma once

#include "ssh/Weakness.h"
#include "ui/main/ConnectionStatus.h"

#include <QList>
#include <QString>

namespace ui {

// Texts are plain and safe to show.
struct ConnectionFact
{
    QString id; // for names of objects: "cipherOut"
    QString label;
    QString value;
    QString remark; // why it is weak; empty if it is not

    friend bool operator==(const ConnectionFact &, const ConnectionFact &) = default;
};

QList<ConnectionFact> connectionFacts(const ConnectionStatus &status);

QString weaknessText(ssh::Weakness weakness);

// One line for each fact, for the clipboard.
QString factsText(const QList<ConnectionFact> &facts);

} // namespace ui
