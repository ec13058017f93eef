// TunnelsPage: the forwards that are saved with a session.

#pragma once

#include "ui/connect/ProfilePage.h"
#include "ui/forwards/ForwardForm.h"

#include <QList>

class QCheckBox;
class QToolButton;
class QTreeWidget;

namespace ui {

class TunnelsPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit TunnelsPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    QString problem() const override;

private:
    struct Row
    {
        ForwardDraft draft;
        bool startsWithSession = true;
    };

    QLayout *createButtons();
    void add();
    void remove();
    void showRow();
    void takeForm();
    void updateItem(int index);
    int current() const; // -1 without any

    QList<Row> m_rows; // as in the table
    QTreeWidget *m_table;
    QToolButton *m_remove = nullptr;
    ForwardForm *m_form;
    QCheckBox *m_starts; // the marked one, with the session
    QCheckBox *m_startsWithPonto; // all of them
};

} // namespace ui
