// UserMark: shows that the files of a pane are used as another user than the one who has logged in:
// a badge with the name, for the pane's head, and a line around the pane. Root's are in the color
// of danger, and the name is there for who does not see it.

#pragma once

#include "ui/widgets/OutlineFrame.h"
#include "ui/widgets/Panel.h"

namespace ui {

class PlainLabel;

// What root and others mean.
Theme::Meaning meaningOfUser(const QString &user);

class UserBadge final : public QWidget
{
    Q_OBJECT

public:
    explicit UserBadge(QWidget *parent = nullptr); // hidden

    // Safe to show; empty: the one who has logged in, and no badge.
    void setUser(const QString &user);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlainLabel *m_name;
    QString m_user;
};

class UserFrame final : public OutlineFrame
{
    Q_OBJECT

public:
    explicit UserFrame(QWidget &pane);

    void setUser(const QString &user);

protected:
    QColor color() const override;

private:
    QString m_user;
};

} // namespace ui
