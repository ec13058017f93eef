// SearchSheet: asks in the pane what to look for below its directory.

#pragma once

#include "files/SearchQuery.h"
#include "ui/widgets/Sheet.h"

class QLineEdit;
class QSpinBox;

namespace ui {

class SearchSheet final : public Sheet
{
    Q_OBJECT

public:
    // `last` is what was looked for before.
    explicit SearchSheet(const files::SearchQuery &last, QWidget *parent = nullptr);

signals:
    void accepted(const files::SearchQuery &query);

private:
    files::SearchQuery query() const;
    QSpinBox *createNumber(QSpinBox *box, const QString &id, std::optional<quint64> value);

    QLineEdit *m_name;
    QLineEdit *m_content;
    QSpinBox *m_least;
    QSpinBox *m_most;
    QSpinBox *m_days;
};

} // namespace ui
