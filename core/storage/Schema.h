// Schema: the tables of one feature in the program's database, as the steps that lead there from
// nothing. Each feature's store has one, and alone touches these tables.

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace storage {

struct Schema
{
    // Names the feature, and begins the names of its tables: "transfer" has transfer_item.
    QString owner;

    // Each is a list of single statements. A step that was released is never changed: what is to
    // be different comes as a further step.
    QList<QStringList> steps;
};

} // namespace storage
