// ConnectionDetails: the window with all there is to say about the connection of a tab. It stays
// open beside the work, and its numbers follow each second.

#pragma once

#include "ui/main/ConnectionFacts.h"

#include <QDialog>
#include <QHash>

class QScrollArea;

namespace ui {

class PlainLabel;

class ConnectionDetails final : public QDialog
{
    Q_OBJECT

public:
    // Follows `status`, which outlives it, and through it the connection that is made next.
    ConnectionDetails(const ConnectionStatus &status, const QString &title,
                      QWidget *parent = nullptr);

private:
    struct Row
    {
        PlainLabel *value;
        PlainLabel *remark;
    };

    void refresh();
    void rebuild(const QList<ConnectionFact> &facts);
    void copy() const;

    const ConnectionStatus &m_status;
    QScrollArea *m_area;
    QList<ConnectionFact> m_shown;
    QHash<QString, Row> m_rows; // by id of the fact
};

} // namespace ui
