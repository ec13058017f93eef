// OwnerFields: owner and group of the selected files in the permissions dialog, by name or number.
// A field that is left empty leaves them as they are.

#pragma once

#include "files/OwnerLookup.h"

#include <QList>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;

namespace ui {

class OwnerFields final : public QWidget
{
    Q_OBJECT

public:
    using Lookup = std::function<QFuture<base::Result<files::OwnerIds>>(const QString &user,
                                                                        const QString &group)>;

    explicit OwnerFields(QWidget *parent = nullptr);

    // Shows what they have now, and asks `lookup` for what is typed.
    void setEntries(const QList<files::FileEntry> &entries, Lookup lookup);

    // Those of the fields, for who lines them up with others.
    QList<QLabel *> labels() const;

    bool isEmpty() const;
    QString wish() const; // "www-data:www-data" for a preview; empty if nothing is to change

    // Finds the numbers and calls `then` with them; says so beside the fields if there are none.
    void resolve(const std::function<void(const files::OwnerIds &)> &then);

signals:
    void edited();

private:
    QLineEdit *m_user;
    QLineEdit *m_group;
    QLabel *m_problem;
    Lookup m_lookup;
    quint64 m_question = 0; // a late answer to an older one falls
};

} // namespace ui
